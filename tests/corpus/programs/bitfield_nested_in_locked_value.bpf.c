/* The same where the bit-field is in a struct that the value holds. */
#include "own.h"

struct flags { u32 low : 3, high : 5; };
struct outer { struct bpf_spin_lock lock; struct flags flags; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct outer); } values SEC(".maps");

SEC("tc")
int locks(struct __sk_buff *skb)
{
	int key = 0;
	struct outer *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock(&v->lock);
	v->flags.low = 1;
	bpf_spin_unlock(&v->lock);
	return 0;
}
