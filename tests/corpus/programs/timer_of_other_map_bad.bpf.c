#include "own.h"
/* A timer is armed with the map that it lies in, at its own place. */
struct clock_of { u64 n; struct bpf_timer timer; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct clock_of); } alarms SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct clock_of); } others SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, u64[4]); } plain SEC(".maps");

SEC("tc")
int other_map(struct __sk_buff *skb)
{
	u32 key = 0;
	struct clock_of *a = bpf_map_lookup_elem(&alarms, &key);

	if (!a)
		return 0;
	return bpf_timer_init(&a->timer, &others, 0);
}

SEC("tc")
int other_place(struct __sk_buff *skb)
{
	u32 key = 0;
	struct clock_of *a = bpf_map_lookup_elem(&alarms, &key);

	if (!a)
		return 0;
	return bpf_timer_init((void *)a, &alarms, 0);
}

SEC("tc")
int no_timer_there(struct __sk_buff *skb)
{
	u32 key = 0;
	void *v = bpf_map_lookup_elem(&plain, &key);

	if (!v)
		return 0;
	return bpf_timer_start(v, 1000, 0);
}
