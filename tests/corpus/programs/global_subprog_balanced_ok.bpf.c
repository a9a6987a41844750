#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

__noinline int prio_of(int pid)
{
	struct task_struct *t = bpf_task_from_pid(pid);
	int prio;

	if (!t)
		return -3;
	prio = t->prio;
	bpf_task_release(t);
	return prio;
}

SEC("syscall")
int entry(void *ctx)
{
	return prio_of(1) > 120;
}
