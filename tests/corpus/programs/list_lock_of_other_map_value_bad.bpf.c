#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
struct queue { struct bpf_spin_lock lock; struct bpf_list_head items owns(item, link); };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, struct queue); } queues SEC(".maps");

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	u32 from = 0, to = skb->hash;
	struct queue *q, *other;
	struct item *it;

	q = bpf_map_lookup_elem(&queues, &from);
	other = bpf_map_lookup_elem(&queues, &to);
	if (!q || !other)
		return 0;
	it = obj_new(struct item);
	if (!it)
		return 0;
	bpf_spin_lock(&q->lock);
	push_back(&other->items, &it->link);
	bpf_spin_unlock(&q->lock);
	return 0;
}
