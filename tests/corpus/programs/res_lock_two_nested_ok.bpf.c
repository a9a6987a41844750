/* Two locks of different elements, released inside out. */
#include "kfuncs.h"
struct cell { struct bpf_res_spin_lock lock; u64 v; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, u32); __type(value, struct cell); } cells SEC(".maps");

SEC("syscall")
int move(void *ctx)
{
	u32 from = 1, to = 2;
	struct cell *a, *b;

	a = bpf_map_lookup_elem(&cells, &from);
	b = bpf_map_lookup_elem(&cells, &to);
	if (!a || !b)
		return 0;
	if (bpf_res_spin_lock(&a->lock))
		return -1;
	if (bpf_res_spin_lock(&b->lock)) {
		bpf_res_spin_unlock(&a->lock);
		return -1;
	}
	b->v += a->v;
	bpf_res_spin_unlock(&b->lock);
	bpf_res_spin_unlock(&a->lock);
	return 0;
}
