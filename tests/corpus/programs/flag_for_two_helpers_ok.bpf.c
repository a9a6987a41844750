/* One flag decides in two helpers: what the first finds of it holds in the second. */
#include "kfuncs.h"
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;

u64 n;

static __always_inline void enter(bool quiet)
{
	if (quiet)
		bpf_preempt_disable();
	else
		bpf_rcu_read_lock();
}

static __always_inline void leave(bool quiet)
{
	if (quiet)
		bpf_preempt_enable();
	else
		bpf_rcu_read_unlock();
}

SEC("tc")
int a_bit(struct __sk_buff *skb)
{
	bool quiet = skb->len & 4;

	enter(quiet);
	n++;
	leave(quiet);
	return 0;
}

SEC("tc")
int a_comparison(struct __sk_buff *skb)
{
	int mark = skb->mark;
	bool quiet = mark > 5;

	enter(quiet);
	n++;
	leave(quiet);
	return 0;
}
