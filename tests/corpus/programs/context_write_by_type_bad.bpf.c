/* Of their contexts most program types may write few members, or none. */
#include "own.h"

SEC("sk_skb")
int stream_length(struct __sk_buff *skb)
{
	skb->len = 0;
	return 1;
}

SEC("sk_lookup")
int lookup_port(struct bpf_sk_lookup *ctx)
{
	ctx->local_port = 0;
	return 1;
}

SEC("cgroup/getsockopt")
int get_name(struct bpf_sockopt *ctx)
{
	ctx->optname = 0;
	return 1;
}
