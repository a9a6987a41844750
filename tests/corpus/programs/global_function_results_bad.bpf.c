/* What a global function may return, the verifier does not know; one that may be replaced, the compiler neither. */
#include "kfuncs.h"

int __noinline always_zero(void)
{
	asm volatile("");
	return 0;
}

int __noinline answer(u32 value)
{
	asm volatile("");
	return value > 3;
}

int __noinline status(u32 value)
{
	if (value == 1)
		return -1;
	if (value == 2)
		return -2;
	return 0;
}

int __noinline low_bits(u32 value)
{
	return value & 7;
}

int __noinline status_or_bits(u32 value)
{
	if (value == 1)
		return -1;
	return low_bits(value);
}

int __weak __noinline replaceable(u32 value)
{
	return value > 3;
}

SEC("syscall")
int constant(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (always_zero() != 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int status_is_negative(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (status(bpf_get_prandom_u32()) < 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int bits_of_a_number(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (low_bits(bpf_get_prandom_u32()) < 7)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int weak(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (replaceable(bpf_get_prandom_u32()) < 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int weak_answer(void *ctx)
{
	int result = replaceable(bpf_get_prandom_u32());
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (result == 0)
		bpf_task_release(task);
	else if (result == 1)
		bpf_task_release(task);
	return 0;
}
