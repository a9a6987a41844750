/* Conditions that meet for few values only: some caller has them. */
#include "kfuncs.h"

u32 first, second;

SEC("syscall")
int one_value(void *ctx)
{
	u32 a = first;

	if (a * 3 + 7 == 46)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int difference_of_two(void *ctx)
{
	u32 a = first, b = second;

	if (a - b == 5)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (a == b)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int off_by_one(void *ctx)
{
	u8 byte = first, length = (byte & 0xf) * 4;

	if (length <= 20)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if ((byte & 0xf) < 5)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int another_bit(void *ctx)
{
	u8 flags = first;

	if ((flags & 0x12) == 2)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if ((flags & 2) && !(flags & 0x20))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int four_conditions(void *ctx)
{
	u32 a = first, b = second;

	if (a <= 1000 || b <= a || (b & 7) != 3)
		return 0;
	if (a + b == 4098)
		bpf_rcu_read_lock();
	return 0;
}
