#include "own.h"
/* A key that is aligned begins its slot: newer kernels know its number there, and that the array has such an element. */
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, u64); } counts SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	u32 __attribute__((aligned(8))) key = 1;
	u64 *n = bpf_map_lookup_elem(&counts, &key);

	*n += 1;
	return 0;
}
