/* These contexts may have none. */
#include "own.h"
int seen;

SEC("tc") int packet(struct __sk_buff *ctx)
{
	seen += ctx->sk->family;
	return 0;
}

SEC("sockops") int operation(struct bpf_sock_ops *ctx)
{
	seen += ctx->sk->family;
	return 1;
}

SEC("sk_reuseport/migrate") int migrate(struct sk_reuseport_md *ctx)
{
	seen += ctx->migrating_sk->family;
	return SK_PASS;
}
