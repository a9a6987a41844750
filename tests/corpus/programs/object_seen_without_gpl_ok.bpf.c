/* An object that is only compared with nothing, and arguments that are numbers, may be looked at without a licence. */
#define OWN_LICENCE "Proprietary"
#include "own.h"

u64 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	if (task)
		seen = flags;
	return 0;
}
