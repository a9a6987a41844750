/* A work queue's callback may sleep though the program that starts it may not. */
#include "kfuncs.h"
struct elem { struct bpf_wq work; char name[16]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, u32); __type(value, struct elem); } works SEC(".maps");

char copied[16];

static int later(void *map, int *key, void *value)
{
	bpf_copy_from_user_str(copied, sizeof(copied), (void *)64, 0);
	return 0;
}

SEC("tc")
int start(struct __sk_buff *skb)
{
	struct elem *e;
	u32 key = 1;

	e = bpf_map_lookup_elem(&works, &key);
	if (!e)
		return 0;
	if (bpf_wq_init(&e->work, &works, 0))
		return 0;
	if (bpf_wq_set_callback_impl(&e->work, later, 0, NULL))
		return 0;
	bpf_wq_start(&e->work, 0);
	return 0;
}
