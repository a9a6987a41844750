#include "own.h"
struct counter { u64 hits; struct bpf_spin_lock lock; u64 bytes; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct counter); } counters SEC(".maps");
struct bare { u64 hits; u32 lock; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct bare); } bares SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	struct counter *c = bpf_map_lookup_elem(&counters, &key);

	if (!c)
		return 0;
	struct counter *d = bpf_map_lookup_elem(&counters, &key);

	if (!d)
		return 0;
	bpf_spin_lock(&c->lock);
	d->hits++;
	bpf_spin_unlock(&c->lock);
	return 0;
}
