/* A netfilter hook: a loop inside a preempt-disabled region. */
#include "kfuncs.h"

u64 rounds;

SEC("netfilter")
int hook(struct bpf_nf_ctx *ctx)
{
	struct bpf_iter_num it;
	int *i;

	bpf_preempt_disable();
	bpf_iter_num_new(&it, 0, ctx->skb->len & 15);
	while ((i = bpf_iter_num_next(&it)))
		rounds += *i;
	bpf_iter_num_destroy(&it);
	bpf_preempt_enable();
	return 1;
}
