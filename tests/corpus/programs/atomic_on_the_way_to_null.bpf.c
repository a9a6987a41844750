/* An atomic instruction is left out, too, where all leads to a write through NULL. */
#include "own.h"

struct plain { int first, second; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int); __type(value, struct plain); } table SEC(".maps");
int count;

SEC("tc")
int atomic_between(struct __sk_buff *skb)
{
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&table, &key);

	if (v)
		return 0;
	v->second = 2;
	__sync_fetch_and_add(&count, 1);
	v->first = 7;
	return 0;
}

SEC("tc")
int atomic_before(struct __sk_buff *skb)
{
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&table, &key);

	if (v)
		return 0;
	__sync_fetch_and_add(&count, 1);
	v->second = 2;
	v->first = 7;
	return 0;
}

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int); __type(value, int); } numbers SEC(".maps");

SEC("tc")
int atomic_on_null_itself(struct __sk_buff *skb)
{
	int key = 0, *n = bpf_map_lookup_elem(&numbers, &key);

	if (n)
		return 0;
	__sync_fetch_and_add(n, 1);
	*n = 7;
	return 0;
}

SEC("tc")
int atomic_on_null_alone(struct __sk_buff *skb)
{
	int key = 0, *n = bpf_map_lookup_elem(&numbers, &key);

	if (n)
		return 0;
	__sync_fetch_and_add(n, 1);
	return 0;
}
