/* Nobody writes to a socket through a context. */
#include "own.h"

SEC("sk_lookup") int lookup(struct bpf_sk_lookup *ctx)
{
	struct bpf_sock *sk = ctx->sk;

	if (sk)
		sk->mark = 1;
	return SK_PASS;
}

SEC("cgroup/connect4") int address(struct bpf_sock_addr *ctx)
{
	ctx->sk->mark = 1;
	return 1;
}

SEC("tc") int packet(struct __sk_buff *ctx)
{
	struct bpf_sock *sk = ctx->sk;

	if (sk)
		sk->mark = 1;
	return 0;
}
