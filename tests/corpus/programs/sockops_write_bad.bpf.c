/* sock_ops: what was asked cannot be written, only the answer. */
#include "own.h"

SEC("sockops")
int operation(struct bpf_sock_ops *ctx)
{
	ctx->op = 0;
	return 1;
}

SEC("sockops")
int family(struct bpf_sock_ops *ctx)
{
	ctx->family = 2;
	return 1;
}
