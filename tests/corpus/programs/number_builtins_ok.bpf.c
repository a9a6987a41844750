/* Builtins that count bits give numbers in their own range, and the same number twice. */
#include "kfuncs.h"

SEC("syscall")
int leading_zeros(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!value)
		bpf_task_release(task);
	else if (__builtin_clz(value) < 32)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int trailing_zeros(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!value)
		bpf_task_release(task);
	else if (__builtin_ctz(value) < 32)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int first_set(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_ffs(value) < 33)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int absolute_value(void *ctx)
{
	int value = bpf_get_prandom_u32();
	int size = __builtin_abs(value);
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (size > 3)
		bpf_task_release(task);
	else if (size <= 3)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int bits_of_a_constant(void *ctx)
{
	u32 value = 6;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_popcount(value) == 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int swapped_constant(void *ctx)
{
	u16 port = 53;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (bpf_htons(port) == 0x3500)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int swapped_once(void *ctx)
{
	u16 port = bpf_get_prandom_u32();
	u16 swapped = bpf_ntohs(port);
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (swapped == 53)
		bpf_task_release(task);
	else if (swapped != 53)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int above_all_32_bits(void *ctx)
{
	u64 both = bpf_get_current_pid_tgid() >> 32;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (both <= 0xffffffff)
		bpf_task_release(task);
	return 0;
}
