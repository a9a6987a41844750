#include "own.h"
/* A global function gives back a pointer into an arena, which newer kernels take. */
#define __arena __attribute__((address_space(1))) __attribute__((btf_type_tag("arena")))
extern void __arena *bpf_arena_alloc_pages(void *map, void __arena *addr, u32 page_cnt, int node_id, u64 flags) __ksym;
struct { __uint(type, BPF_MAP_TYPE_ARENA); __uint(map_flags, BPF_F_MMAPABLE); __uint(max_entries, 16); } arena SEC(".maps");

__noinline u32 volatile __arena *counted(u32 volatile __arena *page)
{
	if (page)
		*page = *page + 1;
	return page;
}

SEC("syscall")
int count(void *ctx)
{
	u32 volatile __arena *page = bpf_arena_alloc_pages(&arena, NULL, 1, -1, 0);

	page = counted(page);
	return page ? 1 : 0;
}
