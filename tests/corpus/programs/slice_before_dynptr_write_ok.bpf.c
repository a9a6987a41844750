#include "own.h"
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;
extern void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;

SEC("tc")
int read_then_write(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;
	u8 zero = 0, *bytes;
	int first;

	if (bpf_dynptr_from_skb(skb, 0, &ptr))
		return 0;
	bytes = bpf_dynptr_slice(&ptr, 0, NULL, 4);
	if (!bytes)
		return 0;
	first = *bytes;
	bpf_dynptr_write(&ptr, 0, &zero, 1, 0);
	return first;
}

SEC("tc")
int write_the_slice(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;
	u8 *bytes;

	if (bpf_dynptr_from_skb(skb, 0, &ptr))
		return 0;
	bytes = bpf_dynptr_slice_rdwr(&ptr, 0, NULL, 4);
	if (bytes)
		bytes[0] = 1;
	return 0;
}
