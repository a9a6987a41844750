#include "own.h"
/* A variable that nothing uses puts its type into the object's BTF, and with it a kernel's view of a user's pointer into the map's. */
#ifndef __uptr
#define __uptr __attribute__((btf_type_tag("uptr")))
#endif
struct page_of_user { int a, b; };
struct page_of_user *never_used;
struct kept { struct page_of_user __uptr *page; };
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, struct kept); } of_task SEC(".maps");

SEC("tp_btf/sys_enter")
int on_enter(u64 *ctx)
{
	struct kept *k = bpf_task_storage_get(&of_task, bpf_get_current_task_btf(), 0, 0);
	struct page_of_user *page;

	if (!k)
		return 0;
	page = k->page;
	if (page)
		page->b = page->a;
	return 0;
}
