#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

__noinline int prio_of(int pid)
{
	struct task_struct *t = bpf_task_from_pid(pid);

	if (!t)
		return -3;
	return t->prio;	/* a leak, in a function that the program below never calls */
}

SEC("syscall")
int entry(void *ctx)
{
	return 0;
}
