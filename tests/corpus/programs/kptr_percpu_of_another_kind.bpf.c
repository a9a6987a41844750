/* A per-CPU kptr takes per-CPU objects alone, a plain one no such object. */
#include "kfuncs.h"
struct counter { u64 n; };
struct slot { struct counter __percpu_kptr *each; struct counter __kptr *one; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tc")
int plain_into_percpu(struct __sk_buff *skb)
{
	u32 key = 0;
	struct slot *s = bpf_map_lookup_elem(&slots, &key);
	struct counter *c, __percpu_kptr *old;

	if (!s)
		return 0;
	c = obj_new(struct counter);
	if (!c)
		return 0;
	old = bpf_kptr_xchg(&s->each, c);
	if (old)
		bpf_percpu_obj_drop_impl(old, NULL);
	return 0;
}

SEC("tc")
int percpu_into_plain(struct __sk_buff *skb)
{
	u32 key = 0;
	struct slot *s = bpf_map_lookup_elem(&slots, &key);
	struct counter __percpu_kptr *c;
	struct counter *old;

	if (!s)
		return 0;
	c = bpf_percpu_obj_new_impl(bpf_core_type_id_local(struct counter), NULL);
	if (!c)
		return 0;
	old = bpf_kptr_xchg(&s->one, c);
	if (old)
		obj_drop(old);
	return 0;
}

SEC("tc")
int plain_into_plain(struct __sk_buff *skb)
{
	u32 key = 0;
	struct slot *s = bpf_map_lookup_elem(&slots, &key);
	struct counter *c, *old;

	if (!s)
		return 0;
	c = obj_new(struct counter);
	if (!c)
		return 0;
	old = bpf_kptr_xchg(&s->one, c);
	if (old)
		obj_drop(old);
	return 0;
}
