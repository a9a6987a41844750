/* A list's node with a bit-field: the kernel refuses the object's types, and with them all locks, lists and objects. */
#include "own.h"

struct item { struct bpf_list_node link; u32 low : 3, high : 5; };
struct plain { struct bpf_spin_lock lock; int n; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head items owns(item, link);
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct plain); } values SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, int); } numbers SEC(".maps");

SEC("tc")
int makes(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (it)
		obj_drop(it);
	return 0;
}

SEC("tc")
int locks_global(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc")
int locks_other_value(struct __sk_buff *skb)
{
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock(&v->lock);
	v->n++;
	bpf_spin_unlock(&v->lock);
	return 0;
}

SEC("tc")
int plain_map(struct __sk_buff *skb)
{
	int key = 0;
	int *v = bpf_map_lookup_elem(&numbers, &key);

	return v ? *v : 0;
}
