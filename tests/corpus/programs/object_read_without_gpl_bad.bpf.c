/* What the program calls asks for no licence, what it reads does. */
#define OWN_LICENCE "Proprietary"
#include "own.h"

u32 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	seen = task->pid;
	return 0;
}
