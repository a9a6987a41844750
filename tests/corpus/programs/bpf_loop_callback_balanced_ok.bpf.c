#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

static int visit(u64 i, void *data)
{
	struct task_struct *t = bpf_task_from_pid(i + 1);

	if (!t)
		return 1;
	*(u64 *)data += t->prio;
	bpf_task_release(t);
	return 0;
}

u64 sum;

SEC("syscall")
int entry(void *ctx)
{
	u64 total = 0;

	bpf_loop(8, visit, &total, 0);
	sum = total;
	return 0;
}
