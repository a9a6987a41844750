/* A global function that may move the packet takes pointers into it away, whether it does or not. */
#include "kfuncs.h"

__noinline int shorten(struct __sk_buff *skb, u32 length)
{
	if (length < skb->len)
		return bpf_skb_change_tail(skb, length, 0);
	return 0;
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
	shorten(skb, 100);
	return eth->h_proto == 8;
}

SEC("tc")
int direct(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end)
		return 0;
	shorten(skb, 100);
	return eth->h_proto == 8;
}
