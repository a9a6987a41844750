#include "own.h"
/* Where NULL is one of two choices, nothing comes of what is read, or the way leads on through NULL itself, the compiler drops it. */
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

SEC("tc")
int on_the_way_to_the_first(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (c)
		return 0;
	c->misses = 2;
	c->hits = 7;
	return 1;
}

SEC("tc")
int on_the_way_to_some_place(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	u8 *bytes = bpf_map_lookup_elem(&counters, &key);

	if (bytes)
		return 0;
	return bytes[8] + bytes[skb->mark & 7];
}
