/* Socket filters use no map with a lock in it, of whatever kind. */
#include "kfuncs.h"

struct counter {
	struct bpf_res_spin_lock lock;
	u64 hits;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, u32);
	__type(value, struct counter);
	__uint(max_entries, 1);
} counters SEC(".maps");

SEC("socket")
int locked(struct __sk_buff *skb)
{
	u32 key = 0;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (!counter || bpf_res_spin_lock(&counter->lock))
		return 0;
	counter->hits++;
	bpf_res_spin_unlock(&counter->lock);
	return 0;
}
