/* The context's socket may be NULL, also where another read of it was checked: a call may have set another, and reads that the loader relocates are never one. */
#include "kfuncs.h"

int families;

SEC("sk_lookup")
int unchecked(struct bpf_sk_lookup *ctx)
{
	families = ctx->sk->family;
	return SK_PASS;
}

SEC("sk_lookup")
int relocated_reads_are_two(struct bpf_sk_lookup *ctx)
{
	if (ctx->sk && ctx->sk->family == 2)
		families++;
	return SK_PASS;
}

SEC("sk_lookup")
int read_again_after_call(struct bpf_sk_lookup *ctx)
{
	if (!ctx->sk)
		return SK_PASS;
	bpf_sk_assign(ctx, NULL, 1 /* replace */);
	families = ctx->sk->family;
	return SK_PASS;
}
