/* A map's address is the map, and nothing can be added to it. */
#include "kfuncs.h"

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, u32); __type(value, u64); } counts SEC(".maps");
u64 n;

SEC("tc")
int count(struct __sk_buff *skb)
{
	n = bpf_map_sum_elem_count((void *)&counts + 8);
	return 0;
}
