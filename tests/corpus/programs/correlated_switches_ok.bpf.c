/* What a switch, or a chain of comparisons, left out the next one leaves out, too. */
#include "kfuncs.h"

SEC("syscall")
int two_switches(void *ctx)
{
	u32 mode = bpf_get_prandom_u32();

	switch (mode) {
	case 1:
	case 2:
		bpf_rcu_read_lock();
		break;
	case 5:
		return 0;
	default:
		break;
	}
	bpf_ktime_get_ns();
	switch (mode) {
	case 1:
	case 2:
		bpf_rcu_read_unlock();
		break;
	default:
		break;
	}
	return 0;
}

SEC("syscall")
int comparison_then_switch(void *ctx)
{
	u32 mode = bpf_get_prandom_u32();

	if (mode != 1)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	switch (mode) {
	case 1:
		return 0;
	default:
		bpf_rcu_read_unlock();
	}
	return 0;
}

SEC("syscall")
int every_case(void *ctx)
{
	u32 mode = bpf_get_prandom_u32() & 3;

	switch (mode) {
	case 0 ... 2:
	case 3:
		bpf_rcu_read_lock();
		break;
	default:
		return 0;
	}
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int signed_chain(void *ctx)
{
	int mode = bpf_get_prandom_u32();

	if (mode != 1 && mode != 2 && mode != 3)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (mode != 1 && mode != 2 && mode != 3)
		bpf_rcu_read_unlock();
	return 0;
}
