/* No way writes what is asked for. */
#include "kfuncs.h"

struct counts {
	u32 first, second;
};

SEC("syscall")
int another_number(void *ctx)
{
	struct counts counts = {};

	if (bpf_get_prandom_u32() < 5)
		bpf_ktime_get_ns();
	else
		counts.first = 5;
	bpf_ktime_get_ns();
	if (counts.first == 7)
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
	if (copy.first == 7)
		bpf_rcu_read_lock();
	return 0;
}
