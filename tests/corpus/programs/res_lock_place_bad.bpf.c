#include "own.h"
/* A resource lock lies in a map's value, and is known by its place there: when it is taken, and when it is given back. */
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
struct guarded { u64 n; struct bpf_res_spin_lock lock; u64 pad[2]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct guarded); } guarded SEC(".maps");

static __always_inline struct guarded *find(u32 key)
{
	return bpf_map_lookup_elem(&guarded, &key);
}

SEC("tc")
int lock_on_the_stack(struct __sk_buff *skb)
{
	struct bpf_res_spin_lock lock = {};

	if (bpf_res_spin_lock(&lock))
		return 0;
	bpf_res_spin_unlock(&lock);
	return 1;
}

SEC("tc")
int unlock_on_the_stack(struct __sk_buff *skb)
{
	struct guarded *g = find(skb->hash);
	struct bpf_res_spin_lock copy = {};

	if (!g || bpf_res_spin_lock(&g->lock))
		return 0;
	g->n++;
	bpf_res_spin_unlock(&copy);
	return 1;
}

SEC("tc")
int unlock_beside_it(struct __sk_buff *skb)
{
	struct guarded *g = find(skb->hash);

	if (!g || bpf_res_spin_lock(&g->lock))
		return 0;
	g->n++;
	bpf_res_spin_unlock((void *)&g->pad);
	return 1;
}

SEC("tc")
int unlock_of_the_context(struct __sk_buff *skb)
{
	struct guarded *g = find(skb->hash);

	if (!g || bpf_res_spin_lock(&g->lock))
		return 0;
	g->n++;
	bpf_res_spin_unlock((void *)skb);
	return 1;
}
