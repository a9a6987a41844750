/* A value with a lock or a timer in it is handed to a helper as plain memory. */
#include "kfuncs.h"

struct counter {
	u64 hits;
	struct bpf_spin_lock lock;
};

struct alarm {
	struct bpf_timer timer;
	u64 rings;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct counter);
	__uint(max_entries, 64);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct alarm);
	__uint(max_entries, 64);
} alarms SEC(".maps");

SEC("tc")
int with_lock(struct __sk_buff *skb)
{
	u32 key = skb->mark, other = skb->priority;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		bpf_map_update_elem(&counters, &other, counter, 0);
	return 0;
}

SEC("tc")
int with_timer(struct __sk_buff *skb)
{
	u32 key = skb->mark, other = skb->priority;
	struct alarm *alarm = bpf_map_lookup_elem(&alarms, &key);

	if (alarm)
		bpf_map_update_elem(&alarms, &other, alarm, 0);
	return 0;
}

SEC("tc")
int read_over(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		bpf_skb_load_bytes(skb, 0, counter, sizeof(*counter));
	return 0;
}
