/* A sock_addr program: its own context as the kernel has it. */
#include "kfuncs.h"

u32 uaddrlen;

SEC("cgroup/connect4")
int connect(struct bpf_sock_addr *ctx)
{
	struct bpf_sock_addr_kern *kern = bpf_cast_to_kern_ctx(ctx);

	uaddrlen = kern->uaddrlen;
	return 1;
}
