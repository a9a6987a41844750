#include "own.h"
/* What callbacks and hooks may answer. */
struct element { struct bpf_timer timer; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct element); } timers SEC(".maps");

static int twice(u64 i, void *data)
{
	return 2;
}

SEC("syscall")
int loop(void *ctx)
{
	return bpf_loop(4, twice, NULL, 0) > 2;
}

static int fired(void *map, u32 *key, struct element *value)
{
	return 1;
}

SEC("tc")
int timer(struct __sk_buff *skb)
{
	u32 key = 0;
	struct element *e = bpf_map_lookup_elem(&timers, &key);

	if (!e)
		return 0;
	bpf_timer_set_callback(&e->timer, fired);
	return 0;
}

SEC("cgroup/getpeername4")
int refuse(struct bpf_sock_addr *ctx)
{
	return 0;
}
