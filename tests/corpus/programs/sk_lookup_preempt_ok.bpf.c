/* sk_lookup: preemption is off for two counters that must agree. */
#include "kfuncs.h"

u64 tries, hits;

SEC("sk_lookup")
int pick(struct bpf_sk_lookup *ctx)
{
	bool hit = ctx->local_port == 80;

	bpf_preempt_disable();
	tries++;
	if (hit)
		hits++;
	bpf_preempt_enable();
	return SK_PASS;
}
