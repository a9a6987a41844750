/* The compiler knows what a global function may return, and leaves out the ways for all else. */
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

int __noinline constant_seen(u32 value)
{
	int four = 4;

	asm volatile("");
	return __builtin_constant_p(four) ? value & 7 : value;
}

SEC("syscall")
int constant(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (always_zero() == 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int answer_below_two(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (answer(bpf_get_prandom_u32()) < 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int answer_zero_or_one(void *ctx)
{
	int result = answer(bpf_get_prandom_u32());
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (result == 0)
		bpf_task_release(task);
	else if (result == 1)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int status_is_not_positive(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (status(bpf_get_prandom_u32()) <= 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int status_is_at_least(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (status(bpf_get_prandom_u32()) >= -2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int bits_of_a_number(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (low_bits(bpf_get_prandom_u32()) < 8)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int through_another(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (status_or_bits(bpf_get_prandom_u32()) >= -1)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int constant_asked_for(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	constant_seen(bpf_get_prandom_u32());
	bpf_task_release(task);
	return 0;
}
