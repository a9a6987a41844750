/* Each case acquires in its own way, and one place at the end releases. */
#include "kfuncs.h"

u64 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p;

	switch (flags & 3) {
	case 0:
		p = bpf_task_acquire(task);
		break;
	case 1:
		p = bpf_task_from_pid(1);
		break;
	default:
		return 0;
	}
	if (!p)
		return 0;
	seen += p->pid;
	bpf_task_release(p);
	return 0;
}
