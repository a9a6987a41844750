/* What a bit field on the stack holds is known as far as it was written, and no further. */
#include "kfuncs.h"

struct flags {
	u32 ready : 1, locked : 1, count : 6;
};

struct signed_fields {
	int sign : 1, step : 3;
};

union word {
	struct {
		u32 ready : 1, locked : 1, rest : 30;
	};
	u32 all;
};

union halves {
	u64 whole;
	struct {
		u32 low, high;
	};
};

SEC("syscall")
int written_between(void *ctx)
{
	struct flags flags = {};

	flags.ready = bpf_get_prandom_u32() & 1;
	if (flags.ready)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	flags.ready = bpf_get_prandom_u32() & 1;
	if (flags.ready)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int set_on_both_ways(void *ctx)
{
	struct flags flags = {};

	if (bpf_get_prandom_u32() > 5) {
		flags.ready = 1;
		bpf_rcu_read_lock();
	}
	flags.ready = 1;
	bpf_ktime_get_ns();
	if (flags.ready)
		bpf_rcu_read_unlock();
	return flags.locked;
}

SEC("syscall")
int written_as_a_word(void *ctx)
{
	union word word;

	word.all = 0;
	if (bpf_get_prandom_u32() > 5) {
		word.locked = 1;
		bpf_rcu_read_lock();
	}
	word.all = 2;
	if (word.locked)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int cut_to_its_bits(void *ctx)
{
	struct flags flags = {};

	flags.count = 64 + 9;
	if (flags.count == 9)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int cut_to_its_sign(void *ctx)
{
	struct signed_fields fields = {};

	fields.step = 7;
	if (fields.step < 0)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int another_half(void *ctx)
{
	union halves halves;

	halves.whole = bpf_ktime_get_ns();
	if (halves.low > 5)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (halves.high > 5)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int half_of_what_is_no_longer_zero(void *ctx)
{
	union halves halves = {};

	halves.whole = bpf_ktime_get_ns();
	halves.low = 1;
	if (halves.high)
		bpf_rcu_read_lock();
	return 0;
}
