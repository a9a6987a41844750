#include "own.h"
/* A spin lock that is given back at another place than its own. */
struct counter { u64 hits; struct bpf_spin_lock lock; u64 pad; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct counter); } counters SEC(".maps");

static __always_inline struct counter *find(u32 key)
{
	return bpf_map_lookup_elem(&counters, &key);
}

SEC("tc")
int unlock_beside_it(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	if (!c)
		return 0;
	bpf_spin_lock(&c->lock);
	c->hits++;
	bpf_spin_unlock((void *)&c->pad);
	return 1;
}

SEC("tc")
int unlock_on_the_stack(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);
	struct bpf_spin_lock copy = {};

	if (!c)
		return 0;
	bpf_spin_lock(&c->lock);
	c->hits++;
	bpf_spin_unlock(&copy);
	return 1;
}

SEC("tc")
int lock_on_the_stack(struct __sk_buff *skb)
{
	struct bpf_spin_lock lock = {};

	bpf_spin_lock(&lock);
	bpf_spin_unlock(&lock);
	return 1;
}

SEC("tc")
int lock_of_no_value(struct __sk_buff *skb)
{
	struct counter *c = find(skb->hash);

	bpf_spin_lock(&c->lock);
	if (!c)
		return 0;
	c->hits++;
	bpf_spin_unlock(&c->lock);
	return 1;
}
