/* What builtins make of a number may be any of their range. */
#include "kfuncs.h"

SEC("syscall")
int bits_set(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_popcount(value) <= 31)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int leading_zeros(void *ctx)
{
	u32 value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!value)
		bpf_task_release(task);
	else if (__builtin_clz(value) < 31)
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
	if (__builtin_ffs(value) > 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int absolute_value(void *ctx)
{
	int value = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_abs(value) > 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int swapped(void *ctx)
{
	u16 port = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (bpf_ntohs(port) != 53)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int swapped_to_another(void *ctx)
{
	u32 port = bpf_get_prandom_u32();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (bpf_ntohl(port) == 5)
		bpf_task_release(task);
	else if (bpf_ntohl(port) != 6)
		bpf_task_release(task);
	return 0;
}
