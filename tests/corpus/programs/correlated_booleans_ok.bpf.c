/* A variable that keeps what a comparison gave is as good as the comparison. */
#include "kfuncs.h"

SEC("syscall")
int kept_and_asked_again(void *ctx)
{
	u32 n = bpf_get_prandom_u32();
	bool big = n > 3;

	if (big)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (n > 3)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int the_opposite(void *ctx)
{
	u32 n = bpf_get_prandom_u32();
	bool is_three = n == 3, is_other = !is_three;

	if (is_three)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (!is_other)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_two_variables(void *ctx)
{
	u32 n = bpf_get_prandom_u32(), most = bpf_get_prandom_u32();
	bool fits = n < most;

	if (most > n)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (fits)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_a_bit(void *ctx)
{
	u32 flags = bpf_get_prandom_u32();
	bool is_set = flags & 4;

	if (flags & 4)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (is_set)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int both_of_two(void *ctx)
{
	u32 n = bpf_get_prandom_u32();
	bool odd = n & 1, big = n > 7;

	if (odd & big)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (odd & big)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int in_a_loop(void *ctx)
{
	for (int i = 0; i < 4; i++) {
		u32 n = bpf_get_prandom_u32();
		bool big = n > 3;

		if (big)
			bpf_rcu_read_lock();
		bpf_ktime_get_ns();
		if (n > 3)
			bpf_rcu_read_unlock();
	}
	return 0;
}
