/* Whether a sum or product fits is computed as the numbers are. */
#include "kfuncs.h"

SEC("syscall")
int constants(void *ctx)
{
	u32 sum;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_add_overflow(~0u, 1u, &sum))
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int product(void *ctx)
{
	u64 product;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!__builtin_mul_overflow(3ull, 5ull, &product) && product == 15)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int signed_difference(void *ctx)
{
	int difference;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!__builtin_sub_overflow(3, 5, &difference) && difference == -2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int fits_or_not(void *ctx)
{
	u32 sum, value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_add_overflow(value, 1u, &sum))
		bpf_task_release(task);
	else
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int assumed(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	__builtin_assume(value < 8);
	if (value < 8)
		bpf_task_release(task);
	return 0;
}
