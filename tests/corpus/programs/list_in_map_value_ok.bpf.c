#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
struct queue { struct bpf_spin_lock lock; struct bpf_list_head items owns(item, link); };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, struct queue); } queues SEC(".maps");

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	struct queue *q;
	struct item *it;

	q = bpf_map_lookup_elem(&queues, &key);
	if (!q)
		return 0;
	it = obj_new(struct item);
	if (!it)
		return 0;
	it->v = skb->len;
	bpf_spin_lock(&q->lock);
	push_back(&q->items, &it->link);
	bpf_spin_unlock(&q->lock);
	return 0;
}
