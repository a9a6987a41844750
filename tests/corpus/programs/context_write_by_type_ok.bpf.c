#include "own.h"

SEC("cgroup/getsockopt")
int get_length(struct bpf_sockopt *ctx)
{
	ctx->optlen = 0;
	return 1;
}

SEC("cgroup/setsockopt")
int set_name(struct bpf_sockopt *ctx)
{
	ctx->optname = 0;
	return 1;
}
