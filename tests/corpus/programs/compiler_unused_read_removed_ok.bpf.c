/* Nobody uses what is read after the release, so nothing is read. */
#include "kfuncs.h"

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);
	int pid;

	if (!p)
		return 0;
	bpf_task_release(p);
	pid = p->pid;
	return 0;
}
