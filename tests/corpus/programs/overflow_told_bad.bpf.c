/* A sum may not fit. */
#include "kfuncs.h"

SEC("syscall")
int may_overflow(void *ctx)
{
	u32 sum, value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!__builtin_add_overflow(value, 1u, &sum))
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int assumed_less(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	__builtin_assume(value < 8);
	if (value < 7)
		bpf_task_release(task);
	return 0;
}
