/* A constant key of four bytes is known where it is zero; another number only where it begins a stack slot, which the only variable there does not. */
#include "own.h"

struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, u64); } counts SEC(".maps");

SEC("tc")
int of_zero(struct __sk_buff *skb)
{
	u32 key = 0;
	u64 *v = bpf_map_lookup_elem(&counts, &key);

	*v += 1;
	return 0;
}

SEC("tc")
int of_one(struct __sk_buff *skb)
{
	u32 key = 1;
	u64 *v = bpf_map_lookup_elem(&counts, &key);

	*v += 1;
	return 0;
}

SEC("tc")
int of_two_below_another(struct __sk_buff *skb)
{
	u64 zero = 0;
	u32 key = 2;
	u64 *v;

	bpf_skb_load_bytes(skb, 0, &zero, sizeof(zero));
	v = bpf_map_lookup_elem(&counts, &key);
	*v += zero;
	return 0;
}
