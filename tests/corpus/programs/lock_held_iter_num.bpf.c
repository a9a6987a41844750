#include "own.h"
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;
struct cell { struct bpf_spin_lock lock; u64 v; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, u32); __type(value, struct cell); } cells SEC(".maps");

SEC("tc")
int sum(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	struct cell *c;
	u32 k = 0;
	int *i;

	c = bpf_map_lookup_elem(&cells, &k);
	if (!c)
		return 0;
	bpf_spin_lock(&c->lock);
	bpf_iter_num_new(&it, 0, 4);
	while ((i = bpf_iter_num_next(&it)))
		c->v += *i;
	bpf_iter_num_destroy(&it);
	bpf_spin_unlock(&c->lock);
	return 0;
}
