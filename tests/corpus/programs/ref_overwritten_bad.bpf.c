#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held;

	held = bpf_task_acquire(task);
	if (!held)
		return 0;
	held = bpf_task_acquire(task->real_parent);	/* the first one has no name any more */
	if (held)
		bpf_task_release(held);
	return 0;
}
