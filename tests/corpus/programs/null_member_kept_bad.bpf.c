#include "kfuncs.h"
/* A member's place in what is NULL is an address as any other to the compiler, and a number to the verifier. */
struct pair { u64 a, b; };
struct counter { u64 hits, misses; u32 last[4]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct counter); } counters SEC(".maps");

static __always_inline struct counter *find(u32 key)
{
	return bpf_map_lookup_elem(&counters, &key);
}

SEC("tc")
int stored(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (c)
		return 0;
	c->misses = skb->hash;
	return 1;
}

SEC("tc")
int loaded(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (!c)
		return c->misses;
	return 1;
}

SEC("tc")
int counted(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (!c)
		c->misses++;
	else
		bpf_printk("found");
	return 1;
}

SEC("tc")
int under_another_condition(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (c)
		return 0;
	if (skb->mark == 7)
		c->last[2] = 1;
	return 1;
}

SEC("tc")
int of_a_slice(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct pair buffer, *p;

	bpf_dynptr_from_skb(skb, 0, &packet);
	p = bpf_dynptr_slice_rdwr(&packet, 0, &buffer, sizeof(buffer));
	if (p)
		return 0;
	p->b = 1;
	return 1;
}

SEC("tc")
int before_a_call(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (c)
		return 0;
	c->misses = 2;
	bpf_printk("none");
	c->hits = 7;
	return 1;
}

SEC("tc")
int on_one_way_to_it(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (c)
		return 0;
	c->misses = 2;
	if (skb->mark == 7)
		c->hits = 7;
	return 1;
}
