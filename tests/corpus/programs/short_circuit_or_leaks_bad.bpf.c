#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u64 hits;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *a, *b;

	a = bpf_task_acquire(task);
	b = bpf_task_acquire(task->real_parent);
	if (!a || !b)
		return 0;	/* one of them may be held */
	if (a->tgid == b->tgid)
		hits++;
	bpf_task_release(a);
	bpf_task_release(b);
	return 0;
}
