/* A bit-field that begins inside a byte, beside a lock: the kernel takes the type for broken. */
#include "own.h"

struct bad { struct bpf_spin_lock lock; u32 low : 3, high : 5; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct bad); } values SEC(".maps");

SEC("tc")
int locks(struct __sk_buff *skb)
{
	int key = 0;
	struct bad *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock(&v->lock);
	v->low = 1;
	bpf_spin_unlock(&v->lock);
	return 0;
}

SEC("tc")
int only_reads(struct __sk_buff *skb)
{
	int key = 0;
	struct bad *v = bpf_map_lookup_elem(&values, &key);

	return v ? v->high : 0;
}
