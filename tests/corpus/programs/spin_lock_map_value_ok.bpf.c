/* A lock in a map value guards two fields; both ways out unlock. */
#include "kfuncs.h"
struct pair { struct bpf_spin_lock lock; u64 a, b; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, u32); __type(value, struct pair); } pairs SEC(".maps");

SEC("tc")
int cls(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct pair *p = bpf_map_lookup_elem(&pairs, &key);

	if (!p)
		return 0;
	bpf_spin_lock(&p->lock);
	p->a++;
	if (p->a > 10) {
		bpf_spin_unlock(&p->lock);
		return 1;
	}
	p->b++;
	bpf_spin_unlock(&p->lock);
	return 0;
}
