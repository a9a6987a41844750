#include "own.h"
struct leaf { u64 v; struct bpf_rb_node rb; };
struct plain { u64 v; };
struct plain2 { u64 v; u64 w; };
struct slot { struct leaf __kptr *leaf; struct plain __kptr *plain; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, struct slot); } stash SEC(".maps");
u64 seen;
private(T) struct bpf_spin_lock lock;
private(T) struct bpf_rb_root root owns(leaf, rb);

SEC("tc")
int keep(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	struct slot *slot = bpf_map_lookup_elem(&stash, &key);
	struct plain2 *new, *old;

	if (!slot)
		return 0;
	new = obj_new(struct plain2);
	if (!new)
		return 0;
	old = bpf_kptr_xchg((void *)&slot->plain, new);
	if (old)
		obj_drop(old);
	return 0;
}

SEC("tc")
int knows(struct __sk_buff *skb)
{
	struct leaf *n = obj_new(struct leaf);
	struct plain *p;

	if (n)
		obj_drop(n);
	p = obj_new(struct plain);
	if (p)
		obj_drop(p);
	return 0;
}
