/* Pages of an arena are allocated, written and freed by a sleepable program. */
#include "kfuncs.h"
#define __arena __attribute__((address_space(1)))
extern void __arena *bpf_arena_alloc_pages(void *map, void __arena *addr, u32 page_cnt, int node_id, u64 flags) __ksym;
extern void bpf_arena_free_pages(void *map, void __arena *ptr, u32 page_cnt) __ksym;
struct { __uint(type, BPF_MAP_TYPE_ARENA); __uint(map_flags, BPF_F_MMAPABLE); __uint(max_entries, 10); } arena SEC(".maps");

SEC("syscall")
int run(void *ctx)
{
	u64 __arena *page = bpf_arena_alloc_pages(&arena, NULL, 1, -1, 0);

	if (!page)
		return -1;
	page[3] = 7;
	bpf_arena_free_pages(&arena, page, 1);
	return 0;
}
