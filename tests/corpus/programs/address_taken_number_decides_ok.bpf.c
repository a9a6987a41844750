/* A number whose address was taken is still one number: what decided about the acquire decides about the release. */
#include "kfuncs.h"

u32 word;

static __always_inline bool take(u32 *lock, int *seen)
{
	int was = *seen;
	int got = __sync_val_compare_and_swap(lock, was, 1);

	if (got != was)
		*seen = got;
	return got == was;
}

static __noinline int wait(int seen)
{
	return seen > 7 ? -16 : 0;
}

static __always_inline int enter(u32 *lock)
{
	int seen = 0;

	bpf_preempt_disable();
	if (take(lock, &seen))
		return 0;
	seen = wait(seen);
	if (seen)
		bpf_preempt_enable();
	return seen;
}

SEC("tc")
int cls(struct __sk_buff *skb)
{
	int failed;

	failed = enter(&word);
	if (failed)
		return failed;
	bpf_preempt_enable();
	return 0;
}
