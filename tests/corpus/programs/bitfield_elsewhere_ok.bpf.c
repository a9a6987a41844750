/* Structs with a bit-field inside a byte of which the object's types know nothing, or that hold nothing special. */
#include "own.h"

struct item { struct bpf_list_node link; u32 n; };
struct flags { u32 low : 3, high : 5; };
struct plain { struct bpf_spin_lock lock; u32 n; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct plain); } values SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct flags); } kinds SEC(".maps");
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head items owns(item, link);

SEC("tc")
int locks(struct __sk_buff *skb)
{
	struct { struct bpf_spin_lock *lock; u32 low : 3, high : 5; } local = { &lock, 1, 2 };
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&values, &key);
	struct flags *f = bpf_map_lookup_elem(&kinds, &key);
	struct item *it;

	if (!v || !f)
		return 0;
	bpf_spin_lock(&v->lock);
	v->n = f->low + local.low;
	bpf_spin_unlock(&v->lock);
	it = obj_new(struct item);
	if (!it)
		return 0;
	bpf_spin_lock(&lock);
	push_front(&items, &it->link);
	bpf_spin_unlock(&lock);
	return 0;
}
