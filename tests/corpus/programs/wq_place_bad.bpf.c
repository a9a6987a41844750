#include "own.h"
/* A work queue is a field of a value that is there, of the map that is named. */
extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym;
struct job { struct bpf_wq work; u64 n; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct job); } jobs SEC(".maps");

SEC("tc")
int no_map(struct __sk_buff *skb)
{
	u32 key = 0;
	struct job *j = bpf_map_lookup_elem(&jobs, &key);

	if (!j)
		return 0;
	return bpf_wq_init(&j->work, &key, 0);
}

SEC("tc")
int beside_it(struct __sk_buff *skb)
{
	u32 key = 0;
	struct job *j = bpf_map_lookup_elem(&jobs, &key);

	if (!j)
		return 0;
	return bpf_wq_init((void *)j + 8, &jobs, 0);
}

SEC("tc")
int perhaps_no_value(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	struct job *j = bpf_map_lookup_elem(&jobs, &key);

	return bpf_wq_start(&j->work, 0);
}
