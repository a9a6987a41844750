/* These contexts always have a socket; nobody needs to check it. */
#include "own.h"
int seen;

SEC("cgroup/getsockopt") int option(struct bpf_sockopt *ctx)
{
	seen += ctx->sk->family;
	return 1;
}

SEC("cgroup/connect4") int address(struct bpf_sock_addr *ctx)
{
	seen += ctx->sk->family;
	return 1;
}

SEC("sk_msg") int message(struct sk_msg_md *ctx)
{
	seen += ctx->sk->family;
	return SK_PASS;
}

SEC("sk_reuseport") int reuse(struct sk_reuseport_md *ctx)
{
	seen += ctx->sk->family;
	return SK_PASS;
}
