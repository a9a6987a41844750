#include "own.h"

SEC("sockops")
int answer(struct bpf_sock_ops *ctx)
{
	ctx->reply = 1;
	ctx->replylong[0] = 2;
	return 1;
}
