/* Two conditions that never meet: nobody comes to the end with the section open. */
#include "kfuncs.h"

u32 first, second;

SEC("syscall")
int difference_of_two(void *ctx)
{
	u32 a = first, b = second;

	if (a - b == 0)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (a == b)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int answer_after_the_question(void *ctx)
{
	u32 a = first, b = second;
	bool over;

	if (b < a)
		bpf_rcu_read_lock();
	over = b >= a;
	if (!over)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int three_states(void *ctx)
{
	u32 a = first, b = second;
	int state = a == b ? 1 : a > b ? 2 : 3;

	if (state == 2)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (a > b)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int difference(void *ctx)
{
	int a = first, rest = a - 5;

	if (rest < 0)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (a < 5)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int counted_on(void *ctx)
{
	u32 a = first, next = a + 1;

	if (a == 3)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (next == 4)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int header_length(void *ctx)
{
	u8 byte = first, length = (byte & 0xf) * 4;

	if (length < 20)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if ((byte & 0xf) < 5)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int shifted_field(void *ctx)
{
	u32 word = first;

	if (((word & 0xf0) >> 4) == 5)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if ((word & 0xf0) == 0x50)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int two_bits(void *ctx)
{
	u8 flags = first;

	if ((flags & 0x12) == 2)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if ((flags & 2) && !(flags & 0x10))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int never_odd(void *ctx)
{
	u32 n = first & ~3u;

	if (n & 1)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int bytes_of_a_union(void *ctx)
{
	union {
		u32 all;
		u8 bytes[4];
	} word = { .all = first };

	if (word.bytes[0] == 1)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if ((word.all & 0xff) == 1)
		bpf_rcu_read_unlock();
	return 0;
}
