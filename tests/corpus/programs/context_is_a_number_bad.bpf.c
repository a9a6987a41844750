#include "own.h"
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;

SEC("tc")
int constant(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;

	return bpf_dynptr_from_skb((void *)16, 0, &ptr);
}

SEC("tc")
int computed(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;

	return bpf_dynptr_from_skb((void *)(unsigned long)skb->hash, 0, &ptr);
}
