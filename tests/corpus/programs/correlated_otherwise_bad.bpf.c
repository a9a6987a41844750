/* Conditions that look alike and are not: what is asked has changed since, or is another number. */
#include "kfuncs.h"

SEC("syscall")
int read_anew(void *ctx)
{
	u32 n = bpf_get_prandom_u32();
	bool big = n > 3;

	n = bpf_get_prandom_u32();
	if (big)
		bpf_rcu_read_lock();
	if (n > 3)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int another_number(void *ctx)
{
	u32 n = bpf_get_prandom_u32();
	bool big = n > 3;

	if (big)
		bpf_rcu_read_lock();
	if (n > 4)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int another_case(void *ctx)
{
	u32 mode = bpf_get_prandom_u32();

	switch (mode) {
	case 1:
	case 2:
		bpf_rcu_read_lock();
		break;
	default:
		break;
	}
	switch (mode) {
	case 1:
		bpf_rcu_read_unlock();
		break;
	default:
		break;
	}
	return 0;
}

SEC("syscall")
int another_pointer(void *ctx)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();
	bool has = mask != NULL;

	if (has)
		bpf_cpumask_release(mask);
	mask = bpf_cpumask_create();
	if (has)
		bpf_cpumask_set_cpu(1, mask);
	if (mask)
		bpf_cpumask_release(mask);
	return 0;
}

SEC("syscall")
int of_the_last_round(void *ctx)
{
	bool was_big = false;
	u32 n = 0;

	for (int i = 0; i < 4; i++) {
		if (was_big)
			bpf_rcu_read_lock();
		if (n > 3)
			bpf_rcu_read_unlock();
		n = bpf_get_prandom_u32();
		was_big = n > 4;
		bpf_ktime_get_ns();
	}
	return 0;
}

SEC("syscall")
int another_order(void *ctx)
{
	u32 n = bpf_get_prandom_u32(), most = bpf_get_prandom_u32();

	if (n < most)
		bpf_rcu_read_lock();
	if (n <= most)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int another_variable(void *ctx)
{
	u32 n = bpf_get_prandom_u32(), most = bpf_get_prandom_u32();

	if (n < most)
		bpf_rcu_read_lock();
	most = bpf_get_prandom_u32();
	if (n < most)
		bpf_rcu_read_unlock();
	return 0;
}

static __always_inline bool is_big(u32 n)
{
	return n > 5;
}

static bool has_flag(u32 flags, u32 flag)
{
	return flags & flag;
}

SEC("syscall")
int said_of_another(void *ctx)
{
	u32 n = bpf_get_prandom_u32(), other = bpf_get_prandom_u32();

	if (is_big(n))
		bpf_rcu_read_lock();
	if (is_big(other))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int another_flag(void *ctx)
{
	u32 flags = bpf_get_prandom_u32();

	if (has_flag(flags, 4))
		bpf_rcu_read_lock();
	if (has_flag(flags, 2))
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int one_of_several_flags(void *ctx)
{
	u32 flags = bpf_get_prandom_u32();

	if (has_flag(flags, 6))
		bpf_rcu_read_lock();
	if (has_flag(flags, 4))
		bpf_rcu_read_unlock();
	return 0;
}
