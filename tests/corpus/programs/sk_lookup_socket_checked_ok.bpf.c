/* The context's socket may be NULL; the read that is checked and the read that is used are one, where the loader relocates neither. */
#include "kfuncs.h"

struct lookup { struct bpf_sock *sk; };

int families;

SEC("sk_lookup")
int checked(struct lookup *ctx)
{
	struct sock_head { u32 bound, family; } *sk = (void *)ctx->sk;

	if (ctx->sk && sk->family == 2)
		families++;
	return SK_PASS;
}

SEC("sk_lookup")
int read_twice(struct lookup *ctx)
{
	if (ctx->sk && ((u32 *)ctx->sk)[1] == 2)
		families++;
	return SK_PASS;
}

SEC("sk_lookup")
int kept(struct bpf_sk_lookup *ctx)
{
	struct bpf_sock *sk = ctx->sk;

	if (!sk)
		return SK_PASS;
	families += sk->family + sk->type;
	return SK_PASS;
}
