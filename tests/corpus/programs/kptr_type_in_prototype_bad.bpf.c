#include "own.h"
/* A kfunc's prototype puts the kptr's type, and what that holds by value, into the object's BTF. */
extern void bpf_cgroup_release(struct cgroup *c) __ksym;
struct kept { u64 n; struct cgroup __kptr *c; struct cgroup __kptr_untrusted *seen; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct kept); } keep SEC(".maps");

u64 n;

static __always_inline struct kept *find(void)
{
	u32 key = 0;

	return bpf_map_lookup_elem(&keep, &key);
}

static __always_inline void drop(struct kept *v)
{
	struct cgroup *old = bpf_kptr_xchg(&v->c, NULL);

	if (!old)
		return;
	n += old->level;
	bpf_cgroup_release(old);
}

SEC("tc")
int half_a_kptr(struct __sk_buff *skb)
{
	struct kept *v = find();

	if (!v)
		return 0;
	drop(v);
	*(volatile u32 *)&v->seen = 0;
	return 1;
}

SEC("tc")
int beside_a_kptr(struct __sk_buff *skb)
{
	struct kept *v = find();

	if (!v)
		return 0;
	drop(v);
	return *(volatile u64 *)((char *)v + 7);
}

SEC("tc")
int place_not_constant(struct __sk_buff *skb)
{
	struct kept *v = find();
	u32 at = skb->hash;

	if (!v || at > 16)
		return 0;
	drop(v);
	*(volatile u64 *)((char *)v + at) = 0;
	return 1;
}

SEC("tc")
int exchange_at_no_constant(struct __sk_buff *skb)
{
	struct kept *v = find();
	u32 at = skb->hash;

	if (!v || at > 16)
		return 0;
	drop(v);
	bpf_kptr_xchg((void *)v + at, NULL);
	return 1;
}

SEC("tc")
int exchange_of_what_owns_nothing(struct __sk_buff *skb)
{
	struct kept *v = find();

	if (!v)
		return 0;
	drop(v);
	bpf_kptr_xchg(&v->seen, NULL);
	return 1;
}

SEC("tc")
int helper_writes_over_it(struct __sk_buff *skb)
{
	struct kept *v = find();

	if (!v)
		return 0;
	drop(v);
	bpf_skb_load_bytes(skb, 0, v, 16);
	return 1;
}

__noinline int set(int *p)
{
	return p ? *p = 42 : 0;
}

SEC("tc")
int function_writes_over_it(struct __sk_buff *skb)
{
	struct kept *v = find();

	if (!v)
		return 0;
	drop(v);
	return set((void *)v + 8);
}
