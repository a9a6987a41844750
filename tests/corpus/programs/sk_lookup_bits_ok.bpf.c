/* sk_lookup: walks the bits of a word of the stack. */
#include "kfuncs.h"

u64 ones;

SEC("sk_lookup")
int pick(struct bpf_sk_lookup *ctx)
{
	u64 word = ctx->remote_port;
	struct bpf_iter_bits it;
	int *bit;

	bpf_iter_bits_new(&it, &word, 1);
	while ((bit = bpf_iter_bits_next(&it)))
		ones += *bit;
	bpf_iter_bits_destroy(&it);
	return SK_PASS;
}
