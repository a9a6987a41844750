#include "own.h"
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

struct seen { struct task_struct *task; u64 sum; };

/* A callback that finds the caller's pointer NULL: to older kernels the caller still owns something then. */
static long add(u32 i, struct seen *s)
{
	if (s->task)
		s->sum += s->task->prio;
	return 0;
}

SEC("syscall")
int unchecked_before(void *ctx)
{
	struct seen s = { .task = bpf_task_from_pid(1) };

	bpf_loop(4, add, &s, 0);
	if (s.task)
		bpf_task_release(s.task);
	return s.sum != 0;
}
