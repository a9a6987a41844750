#include "own.h"
/* Nothing but a member names `struct mine`: the object's BTF only declares it, the map is created without BTF, and holds no kptr. */
struct mine { u64 a, b; };
struct kept { u64 n; struct mine __kptr *m; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct kept); } keep SEC(".maps");

SEC("tc")
int clear(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *v = bpf_map_lookup_elem(&keep, &key);

	if (!v)
		return 0;
	v->m = NULL;
	return 1;
}

SEC("tc")
int read_in_part(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *v = bpf_map_lookup_elem(&keep, &key);

	if (!v)
		return 0;
	return *((volatile u32 *)&v->m + 1);
}
