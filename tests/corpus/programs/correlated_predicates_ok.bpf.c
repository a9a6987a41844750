/* A function that says something of its argument says the same of it the next time. */
#include "kfuncs.h"

struct request { bool is_big; u32 n; };

static __always_inline bool is_big(u32 n)
{
	return n > 5;
}

static bool has_flag(u32 flags)
{
	return flags & 4;
}

static __always_inline bool has(u32 flags, u32 flag)
{
	return flags & flag;
}

static __noinline bool is_big_too(u32 n)
{
	return n > 5;
}

static __always_inline bool is_odd_and_big(u32 n)
{
	return n > 5 && (n & 1);
}

SEC("syscall")
int asked_twice(void *ctx)
{
	u32 n = bpf_get_prandom_u32();

	if (is_big(n))
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (!is_big(n))
		return 0;
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int asked_and_compared(void *ctx)
{
	u32 n = bpf_get_prandom_u32();

	if (!is_big(n))
		return 0;
	bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (n <= 5)
		return 0;
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_a_flag(void *ctx)
{
	u32 flags = bpf_get_prandom_u32();

	if (has_flag(flags))
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (has_flag(flags))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_a_given_flag(void *ctx)
{
	u32 flags = bpf_get_prandom_u32();

	if (has(flags, 4))
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (has(flags, 4))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_a_function_apart(void *ctx)
{
	u32 n = bpf_get_prandom_u32();

	if (is_big_too(n))
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (is_big_too(n))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_two_things(void *ctx)
{
	u32 n = bpf_get_prandom_u32();

	if (is_odd_and_big(n))
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (is_odd_and_big(n))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int kept_in_a_member(void *ctx)
{
	struct request request = {};

	request.n = bpf_get_prandom_u32();
	request.is_big = request.n > 5;
	if (request.is_big)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (request.n > 5)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int kept_from_the_last_round(void *ctx)
{
	bool was_big = false;
	u32 n = 0;

	for (int i = 0; i < 4; i++) {
		if (was_big)
			bpf_rcu_read_lock();
		bpf_ktime_get_ns();
		if (n > 3)
			bpf_rcu_read_unlock();
		n = bpf_get_prandom_u32();
		was_big = n > 3;
	}
	return 0;
}
