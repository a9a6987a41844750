/* What the program promises never to reach is not in the object. */
#include "kfuncs.h"

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	if (p->pid < 0)
		__builtin_unreachable();
	bpf_task_release(p);
	return 0;
}
