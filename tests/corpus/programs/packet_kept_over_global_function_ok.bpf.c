/* A global function that only looks at the packet leaves the pointers into it; what is no packet stays anyway. */
#include "kfuncs.h"

char text[32];

__noinline int length(struct __sk_buff *skb)
{
	return skb->len + skb->mark;
}

__noinline int shorten(struct __sk_buff *skb)
{
	return bpf_skb_change_tail(skb, 100, 0);
}

__noinline int never_shorten(struct __sk_buff *skb)
{
	if (sizeof(skb->len) == 8)
		return bpf_skb_change_tail(skb, 100, 0);
	return skb->mark;
}

SEC("tc")
int slice(struct __sk_buff *skb)
{
	struct bpf_dynptr d;
	struct ethhdr buf, *eth;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	eth = bpf_dynptr_slice(&d, 0, &buf, sizeof(buf));
	if (!eth)
		return 0;
	length(skb);
	return eth->h_proto == 8;
}

SEC("tc")
int direct(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end)
		return 0;
	length(skb);
	never_shorten(skb);
	return eth->h_proto == 8;
}

SEC("tc")
int other_memory(struct __sk_buff *skb)
{
	struct bpf_dynptr d;
	char buf[4], *first;

	bpf_dynptr_from_mem(text, sizeof(text), 0, &d);
	first = bpf_dynptr_slice(&d, 0, buf, sizeof(buf));
	if (!first)
		return 0;
	shorten(skb);
	return *first == 'a';
}
