/* A variable that others see, or that any number is stored in, may be anything. */
#include "kfuncs.h"

static u32 copied;
static u32 counted;
int of_others;
u32 seen;
SEC("syscall") int writers(u32 *ctx)
{
	copied = ctx[0];
	counted++;
	of_others = 5;
	return 0;
}
SEC("syscall") int any_copied(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (copied == 7)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int any_count(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (counted == 7)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int seen_by_others(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (of_others == 7)
		return 1;
	bpf_task_release(task);
	return 0;
}
