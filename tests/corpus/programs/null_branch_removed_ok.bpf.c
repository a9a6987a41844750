#include "own.h"
/* What is done with a pointer that is known to be NULL never comes to the kernel: the compiler takes it for unreachable. */
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;
struct pair { u64 a, b; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct pair); } pairs SEC(".maps");

SEC("tc")
int write_where_no_slice_is(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;
	u8 *bytes;

	if (bpf_dynptr_from_skb(skb, 0, &ptr))
		return 0;
	bytes = bpf_dynptr_slice_rdwr(&ptr, 0, NULL, 4);
	if (!bytes)
		bytes[0] = 1;
	return 0;
}

SEC("tc")
int read_where_no_value_is(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	u64 *v = bpf_map_lookup_elem(&pairs, &key);

	if (!v)
		return *v;
	return 1;
}
