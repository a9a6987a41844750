#include "own.h"

SEC("netfilter")
int look(struct bpf_nf_ctx *ctx)
{
	struct sk_buff *skb = ctx->skb;

	skb->mark = 1;
	return 1;
}
