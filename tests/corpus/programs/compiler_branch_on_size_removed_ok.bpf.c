/* A branch that no machine of this width takes is not in the object; what it leaks does not matter. */
#include "kfuncs.h"

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	if (sizeof(long) == 4)
		return 1;
	bpf_task_release(p);
	return 0;
}
