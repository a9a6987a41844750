/* A netfilter hook parses the packet of its context. */
#include "kfuncs.h"

u64 big;

SEC("netfilter")
int hook(struct bpf_nf_ctx *ctx)
{
	struct bpf_dynptr d;
	struct iphdr buf, *ip;

	if (bpf_dynptr_from_skb((struct __sk_buff *)ctx->skb, 0, &d))
		return 1;
	ip = bpf_dynptr_slice(&d, 0, &buf, sizeof(buf));
	if (!ip)
		return 1;
	if (ip->ihl > 5)
		big++;
	return 1;
}
