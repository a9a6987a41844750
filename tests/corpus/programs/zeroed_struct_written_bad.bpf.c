/* A struct that is zero on one way and written on another is two states, whichever comes first. */
#include "kfuncs.h"

struct counts {
	u32 first, second, more[6];
};

struct flags {
	u32 ready : 1, count : 6;
};

SEC("syscall")
int written_first(void *ctx)
{
	struct counts counts = {};

	if (bpf_get_prandom_u32() > 5)
		counts.first = 5;
	bpf_ktime_get_ns();
	if (counts.first)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int zero_first(void *ctx)
{
	struct counts counts = {};

	if (bpf_get_prandom_u32() < 5)
		bpf_ktime_get_ns();
	else
		counts.first = 5;
	bpf_ktime_get_ns();
	if (counts.first)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int bits_of_it(void *ctx)
{
	struct flags flags = {};

	if (bpf_get_prandom_u32() < 5)
		bpf_ktime_get_ns();
	else
		flags.count = 5;
	bpf_ktime_get_ns();
	if (flags.count)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int copied(void *ctx)
{
	struct counts counts = {}, copy = {};

	if (bpf_get_prandom_u32() < 5)
		bpf_ktime_get_ns();
	else
		counts.first = 5;
	copy = counts;
	bpf_ktime_get_ns();
	if (copy.first == 5)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int in_a_loop(void *ctx)
{
	struct counts counts = {};

	for (int i = 0; i < 3; i++)
		if (bpf_get_prandom_u32() == 4)
			counts.second = i + 1;
	bpf_ktime_get_ns();
	if (counts.second == 3)
		bpf_rcu_read_lock();
	return 0;
}
