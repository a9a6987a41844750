/* An iterator program over TCP sockets closes those of one port. */
#include "kfuncs.h"

SEC("iter/tcp")
int sweep(struct bpf_iter__tcp *ctx)
{
	struct sock_common *sk = ctx->sk_common;

	if (!sk)
		return 0;
	if (sk->skc_num == 4242)
		bpf_sock_destroy(sk);
	return 0;
}
