/* A lock that may fail is taken and given back in each round. */
#include "kfuncs.h"
struct cell { struct bpf_res_spin_lock lock; u64 v; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, u32); __type(value, struct cell); } cells SEC(".maps");

SEC("tc")
int cls(struct __sk_buff *skb)
{
	for (u32 key = 0; key < 3; key++) {
		u32 k = key;
		struct cell *c = bpf_map_lookup_elem(&cells, &k);

		if (!c || bpf_res_spin_lock(&c->lock))
			continue;
		c->v++;
		bpf_res_spin_unlock(&c->lock);
	}
	return 0;
}
