#include "own.h"
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

struct seen { struct task_struct *task; u64 sum; };

static long add(u32 i, struct seen *s)
{
	if (s->task)
		s->sum += s->task->prio;
	return 0;
}

/* Checked before the loop: the callback learns nothing about it. What the callback acquires is its own. */
SEC("syscall")
int checked_before(void *ctx)
{
	struct seen s = { .task = bpf_task_from_pid(1) };

	if (!s.task)
		return 0;
	bpf_loop(4, add, &s, 0);
	bpf_task_release(s.task);
	return s.sum != 0;
}

static long own(u32 i, u64 *sum)
{
	struct task_struct *t = bpf_task_from_pid(i);

	if (!t)
		return 1;
	*sum += t->prio;
	bpf_task_release(t);
	return 0;
}

SEC("syscall")
int acquired_inside(void *ctx)
{
	u64 sum = 0;

	bpf_loop(4, own, &sum, 0);
	return sum != 0;
}
