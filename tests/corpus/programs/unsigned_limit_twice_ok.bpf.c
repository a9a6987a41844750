/* A 64-bit number above a limit is above every lower one, negative as signed numbers count or not. */
#include "kfuncs.h"

u64 shared;

SEC("syscall")
int above(void *ctx)
{
	u64 passed = bpf_ktime_get_ns();

	if (passed > 1000)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (passed > 1000)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int below(void *ctx)
{
	u64 passed = bpf_ktime_get_ns();

	if (passed < 1000)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (passed < 1000)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int above_a_lower_one(void *ctx)
{
	u64 n = shared;

	if (n <= 100)
		return 0;
	bpf_rcu_read_lock();
	if (n > 50)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int between_two(void *ctx)
{
	u64 n = shared;

	if (n <= 100)
		return 0;
	if (n < 50)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int a_reference(void *ctx)
{
	struct task_struct *task = NULL;
	u64 n = shared;

	if (n > 100) {
		task = bpf_task_from_pid(1);
		if (!task)
			return 0;
	}
	bpf_ktime_get_ns();
	if (n > 100)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int written_and_read(void *ctx)
{
	shared = 3;
	if (shared != 3)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int a_sign_that_fits_no_longer(void *ctx)
{
	u8 byte = 200;
	signed char small = byte;

	if (small > 0)
		bpf_rcu_read_lock();
	return 0;
}
