#include "own.h"
/* Where NULL is one of two choices, or nothing comes of what is read, the compiler drops it. */
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
struct counter { u64 hits, misses; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct counter); } counters SEC(".maps");

static __always_inline struct counter *find(u32 key)
{
	return bpf_map_lookup_elem(&counters, &key);
}

struct counter spare;

SEC("tc")
int one_of_two(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash), *to;

	bpf_rcu_read_lock();
	if (!c)
		to = c;
	else
		to = &spare;
	to->misses = 1;
	bpf_rcu_read_unlock();
	return 1;
}

SEC("tc")
int first_member(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (!c)
		c->hits = 1;
	return 1;
}

SEC("tc")
int nothing_comes_of_it(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);
	u64 seen;

	if (!c)
		seen = c->misses;
	return 1;
}
