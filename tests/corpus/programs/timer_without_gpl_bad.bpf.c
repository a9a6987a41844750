/* Some helpers are for GPL programs only, too. */
#define OWN_LICENCE "Proprietary"
#include "own.h"

struct clock_of { u64 n; struct bpf_timer timer; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct clock_of); } alarms SEC(".maps");

SEC("tc")
int arm(struct __sk_buff *skb)
{
	u32 key = 0;
	struct clock_of *a = bpf_map_lookup_elem(&alarms, &key);

	if (!a)
		return 0;
	bpf_timer_init(&a->timer, &alarms, 0);
	return 1;
}
