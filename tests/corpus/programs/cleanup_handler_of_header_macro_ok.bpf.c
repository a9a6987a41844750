#include "own.h"
#include "scoped_lock.h"
/* The scope's end gives the lock back, on each way out of it. */
struct account { struct bpf_spin_lock lock; u64 n; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, struct account); } accounts SEC(".maps");

static int take(struct account *a, u64 most)
{
	{
		scoped(spin, &a->lock);
		if (a->n >= most)
			return -1;
		a->n++;
	}
	return 0;
}

SEC("tc")
int counted(struct __sk_buff *skb)
{
	u32 key = 1;
	struct account *a = bpf_map_lookup_elem(&accounts, &key);

	if (!a || take(a, 100))
		return 0;
	return take(a, 7);
}
