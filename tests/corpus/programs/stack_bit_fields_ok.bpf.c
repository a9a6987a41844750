/* A bit field on the stack is a number of its own, and so is a part of a larger one: what is read twice is the same twice. */
#include "kfuncs.h"

struct flags {
	u32 ready : 1, locked : 1, count : 6;
};

struct signed_fields {
	int sign : 1, step : 3;
	unsigned int rest : 12;
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
	u8 bytes[8];
};

SEC("syscall")
int read_twice(void *ctx)
{
	struct flags flags = {};

	flags.ready = bpf_get_prandom_u32() & 1;
	if (flags.ready)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (flags.ready)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int set_to_an_answer(void *ctx)
{
	struct flags flags = {};
	u32 n = bpf_get_prandom_u32();

	flags.ready = n > 5;
	flags.locked = n > 7;
	if (flags.ready)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (flags.ready)
		bpf_rcu_read_unlock();
	return flags.locked;
}

SEC("syscall")
int others_stay(void *ctx)
{
	struct flags flags;

	flags.locked = 0;
	flags.count = 3;
	if (bpf_get_prandom_u32() > 5) {
		flags.locked = 1;
		bpf_rcu_read_lock();
	}
	flags.ready = 1;
	bpf_ktime_get_ns();
	if (flags.locked)
		bpf_rcu_read_unlock();
	return flags.ready;
}

SEC("syscall")
int more_than_a_bit(void *ctx)
{
	struct flags flags = { .count = 4 };

	flags.count = bpf_get_prandom_u32();
	if (flags.count > 9)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (flags.count > 9)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int with_a_sign(void *ctx)
{
	struct signed_fields fields = {};

	fields.step = -2;
	if (bpf_get_prandom_u32() > 5) {
		fields.step = 1;
		bpf_rcu_read_lock();
	}
	bpf_ktime_get_ns();
	if (fields.step > 0)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int of_a_word(void *ctx)
{
	union word word;

	word.all = 0;
	if (bpf_get_prandom_u32() > 5) {
		word.locked = 1;
		bpf_rcu_read_lock();
	}
	bpf_ktime_get_ns();
	if (word.locked)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int the_word_itself(void *ctx)
{
	union word word;

	word.all = 0;
	if (bpf_get_prandom_u32() > 5) {
		word.locked = 1;
		bpf_rcu_read_lock();
	}
	bpf_ktime_get_ns();
	if (word.all)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int a_half(void *ctx)
{
	union halves halves;

	halves.whole = bpf_ktime_get_ns();
	if (halves.high == 5)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (halves.high == 5)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int a_byte(void *ctx)
{
	union halves halves;

	halves.whole = bpf_ktime_get_ns();
	if (halves.bytes[3])
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (halves.bytes[3])
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int copied(void *ctx)
{
	struct flags flags = {}, copy;

	flags.ready = bpf_get_prandom_u32() & 1;
	copy = flags;
	if (flags.ready)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (copy.ready)
		bpf_rcu_read_unlock();
	return 0;
}

static __noinline int set_flags(struct flags *flags, u32 n)
{
	flags->ready = n > 5;
	flags->locked = n > 9;
	return 0;
}

SEC("syscall")
int set_by_a_function(void *ctx)
{
	struct flags flags = {};

	set_flags(&flags, bpf_get_prandom_u32());
	if (flags.ready)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (flags.ready)
		bpf_rcu_read_unlock();
	return 0;
}
