/* A unix connect program renames the peer with a path that it built on its stack. */
#include "kfuncs.h"

SEC("cgroup/connect_unix")
int reconnect(struct bpf_sock_addr *ctx)
{
	struct bpf_sock_addr_kern *kern = bpf_cast_to_kern_ctx(ctx);
	u8 path[12] = "\0elsewhere";

	return bpf_sock_addr_set_sun_path(kern, path, sizeof(path) - 1) == 0;
}
