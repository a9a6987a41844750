#include "own.h"
struct clock_of { u64 n; struct bpf_timer timer; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct clock_of); } alarms SEC(".maps");

static int ring(void *map, u32 *key, struct clock_of *a)
{
	a->n++;
	return 0;
}

SEC("tc")
int arm(struct __sk_buff *skb)
{
	u32 key = 0;
	struct clock_of *a = bpf_map_lookup_elem(&alarms, &key);

	if (!a)
		return 0;
	bpf_timer_init(&a->timer, &alarms, 0);
	bpf_timer_set_callback(&a->timer, ring);
	bpf_timer_start(&a->timer, 1000, 0);
	bpf_timer_cancel(&a->timer);
	return 1;
}
