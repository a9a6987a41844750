/* A code tells later whether the reference is there. */
#include "kfuncs.h"

int last;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_from_pid(task->tgid);
	int err = p ? 0 : -3;

	last = err;
	if (err)
		return 0;
	last = p->pid;
	bpf_task_release(p);
	return 0;
}
