/* The flow dissector: a loop whose bound is read from a map and capped. */
#include "kfuncs.h"
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, u32); } depth SEC(".maps");

u64 steps;

SEC("flow_dissector")
int dissect(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	u32 zero = 0, *max;

	max = bpf_map_lookup_elem(&depth, &zero);
	if (!max)
		return BPF_DROP;
	bpf_iter_num_new(&it, 0, *max & 31);
	while (bpf_iter_num_next(&it))
		steps++;
	bpf_iter_num_destroy(&it);
	return BPF_OK;
}
