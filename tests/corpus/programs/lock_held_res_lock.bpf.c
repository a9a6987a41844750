#include "own.h"
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
struct cell { struct bpf_spin_lock lock; u64 v; };
struct rcell { struct bpf_res_spin_lock lock; u64 v; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, u32); __type(value, struct cell); } cells SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, u32); __type(value, struct rcell); } rcells SEC(".maps");

SEC("tc")
int both(struct __sk_buff *skb)
{
	struct rcell *r;
	struct cell *c;
	u32 k = 0;

	c = bpf_map_lookup_elem(&cells, &k);
	r = bpf_map_lookup_elem(&rcells, &k);
	if (!c || !r)
		return 0;
	bpf_spin_lock(&c->lock);
	if (!bpf_res_spin_lock(&r->lock))
		bpf_res_spin_unlock(&r->lock);
	bpf_spin_unlock(&c->lock);
	return 0;
}
