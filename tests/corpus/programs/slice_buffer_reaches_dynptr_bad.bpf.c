/* A buffer's size leads beyond it: onto the dynptr, or out of the frame. */
#include "kfuncs.h"

u64 seen;

SEC("tc")
int eight_more(struct __sk_buff *skb)
{
	struct bpf_dynptr d;
	u64 buf[2], *p;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	p = bpf_dynptr_slice(&d, 0, buf, sizeof(buf) + 8);
	if (p)
		seen += *p;
	return 0;
}

SEC("tc")
int twice(struct __sk_buff *skb)
{
	u64 buf[2], *p;
	struct bpf_dynptr d;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	p = bpf_dynptr_slice(&d, 0, buf, sizeof(buf) * 2);
	if (p)
		seen += *p;
	return 0;
}
