/* A sockopt program: a section that a loop opens and closes each time round. */
#include "kfuncs.h"

u64 n;

SEC("cgroup/getsockopt")
int opt(struct bpf_sockopt *ctx)
{
	for (int i = 0; i < 4; i++) {
		bpf_rcu_read_lock();
		n += ctx->optname;
		bpf_rcu_read_unlock();
	}
	return 1;
}
