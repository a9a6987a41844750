/* What lies beside a lock or a timer is plain memory, to helpers too. */
#include "kfuncs.h"

struct counter {
	u64 hits;
	struct bpf_spin_lock lock;
	u32 group;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct counter);
	__uint(max_entries, 64);
} counters SEC(".maps");

SEC("tc")
int own_value(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct counter counter = { .group = skb->priority };

	bpf_map_update_elem(&counters, &key, &counter, 0);
	return 0;
}

SEC("tc")
int rest_as_key(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (!counter)
		return 0;
	bpf_skb_load_bytes(skb, 0, counter, sizeof(counter->hits));
	bpf_map_delete_elem(&counters, &counter->group);
	return 0;
}
