/* sock_ops: two RCU sections one after another, on different branches. */
#include "kfuncs.h"

u64 a, b;

SEC("sockops")
int ops(struct bpf_sock_ops *ctx)
{
	bpf_rcu_read_lock();
	a += ctx->op;
	bpf_rcu_read_unlock();
	if (ctx->family == 2) {
		bpf_rcu_read_lock();
		b += ctx->remote_port;
		bpf_rcu_read_unlock();
	}
	return 1;
}
