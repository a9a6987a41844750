#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

static __noinline int put_leader(struct task_struct *t)
{
	if (t->pid != t->tgid)
		return 0;
	bpf_task_release(t);
	return 1;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	put_leader(held);
	return 0;
}
