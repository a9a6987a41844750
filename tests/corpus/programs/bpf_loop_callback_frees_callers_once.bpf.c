#include "own.h"
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

/* What the caller owns is given back here, or there where the loop does not run. */
static int put(u64 i, void *data)
{
	struct task_struct **t = data;

	if (*t)
		bpf_task_release(*t);
	*t = NULL;
	return 1;
}

SEC("syscall")
int entry(void *ctx)
{
	struct task_struct *t = bpf_task_from_pid(1);

	if (!t)
		return 0;
	bpf_loop(1, put, &t, 0);
	if (t)
		bpf_task_release(t);
	return 0;
}
