#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

u64 sum;

static __noinline void add_prio(int pid)
{
	struct task_struct *t = bpf_task_from_pid(pid);

	if (!t)
		return;
	sum += t->prio;
	bpf_task_release(t);
}

SEC("syscall")
int entry(void *ctx)
{
	add_prio(1);
	add_prio(2);
	return 0;
}
