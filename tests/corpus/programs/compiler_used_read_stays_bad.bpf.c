/* The same read with a use. */
#include "kfuncs.h"

int last;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	bpf_task_release(p);
	last = p->pid;
	return 0;
}
