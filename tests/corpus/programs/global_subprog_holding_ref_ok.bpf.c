#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

__noinline int scale(int x)
{
	return x * 2;
}

int result;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	result = scale(held->prio);	/* a caller may own references across a global call */
	bpf_task_release(held);
	return 0;
}
