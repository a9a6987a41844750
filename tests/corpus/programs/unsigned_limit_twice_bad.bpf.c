/* Another limit is another question. */
#include "kfuncs.h"

u64 shared;

SEC("syscall")
int above_a_higher_one(void *ctx)
{
	u64 n = shared;

	if (n > 100)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (n > 200)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int up_to(void *ctx)
{
	u64 n = shared;

	if (n < 100)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (n <= 100)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int a_sign_that_is_extended(void *ctx)
{
	u32 n = bpf_get_prandom_u32();
	s64 wide = (s32)n;

	if (wide < 0)
		bpf_rcu_read_lock();
	return 0;
}
