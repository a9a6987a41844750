/* The second check of the same pointer cannot fail, and what stands behind it is not there. */
#include "kfuncs.h"

int pid;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p)
		return 0;
	pid = p->pid;
	if (!p)
		bpf_throw(1);
	bpf_task_release(p);
	return 0;
}
