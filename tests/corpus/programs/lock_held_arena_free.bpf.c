#include "own.h"
#define arena_ptr __attribute__((address_space(1)))
extern void bpf_arena_free_pages(void *p__map, void arena_ptr *ptr__ign, u32 page_cnt) __ksym;
struct cell { struct bpf_spin_lock lock; u64 v; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, u32); __type(value, struct cell); } cells SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARENA); __uint(map_flags, BPF_F_MMAPABLE); __uint(max_entries, 4); } pages SEC(".maps");
void arena_ptr *kept;

SEC("syscall")
int drop(void *ctx)
{
	struct cell *c;
	u32 k = 0;

	c = bpf_map_lookup_elem(&cells, &k);
	if (!c)
		return 0;
	bpf_spin_lock(&c->lock);
	bpf_arena_free_pages(&pages, kept, 1);
	bpf_spin_unlock(&c->lock);
	return 0;
}
