#include "own.h"
/* What lies beside the kptr is plain memory, also to helpers and functions. */
extern void bpf_cgroup_release(struct cgroup *c) __ksym;
struct kept { u64 n; struct cgroup __kptr *c; char name[16]; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct kept); } keep SEC(".maps");

__noinline int set(int *p)
{
	return p ? *p = 42 : 0;
}

SEC("tc")
int around_it(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *v = bpf_map_lookup_elem(&keep, &key);
	struct cgroup *old;

	if (!v)
		return 0;
	old = bpf_kptr_xchg(&v->c, NULL);
	if (old) {
		v->n = old->level;
		bpf_cgroup_release(old);
	}
	bpf_skb_load_bytes(skb, 0, v, 8);
	bpf_skb_load_bytes(skb, 0, v->name, sizeof(v->name));
	set((void *)v->name);
	v->n = 1;
	return 1;
}
