/* A timer's record is the map's own: the object's types stay. */
#include "own.h"

struct ticking { struct bpf_timer timer; u32 low : 3, high : 5; };
struct plain { struct bpf_spin_lock lock; int n; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct ticking); } timers SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct plain); } values SEC(".maps");

SEC("tc")
int starts(struct __sk_buff *skb)
{
	int key = 0;
	struct ticking *v = bpf_map_lookup_elem(&timers, &key);

	if (v)
		bpf_timer_init(&v->timer, &timers, 1);
	return 0;
}

SEC("tc")
int locks(struct __sk_buff *skb)
{
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock(&v->lock);
	v->n++;
	bpf_spin_unlock(&v->lock);
	return 0;
}
