#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

__noinline int keep(struct task_struct *t __arg_trusted)
{
	struct task_struct *held = bpf_task_acquire(t);

	if (!held)
		return -1;
	bpf_task_release(held);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	return keep(task) & 1;
}
