/* Pulling data into the linear part moves the packet: pointers into it from before are numbers then, and so are slices. */
#include "kfuncs.h"
extern int bpf_xdp_pull_data(struct xdp_md *xdp, u32 len) __ksym;

static __noinline int pull(struct xdp_md *ctx)
{
	return bpf_xdp_pull_data(ctx, sizeof(struct ethhdr));
}

__noinline int pull_global(struct xdp_md *ctx)
{
	return pull(ctx);
}

__noinline int pull_sometimes(struct xdp_md *ctx, u32 length)
{
	if (length > 64)
		bpf_xdp_pull_data(ctx, length);
	return 0;
}

SEC("xdp")
int direct(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	if (bpf_xdp_pull_data(ctx, 64))
		return XDP_DROP;
	return eth->h_proto ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int checked_too_late(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	bpf_xdp_pull_data(ctx, sizeof(*eth));
	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	return eth->h_proto ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int through_static_function(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	if (pull(ctx))
		return XDP_DROP;
	eth->h_proto = 0;
	return XDP_TX;
}

SEC("xdp")
int through_global_function(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	pull_sometimes(ctx, 0);
	return eth->h_proto ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int slice_over_global_function(struct xdp_md *ctx)
{
	struct bpf_dynptr d;
	struct ethhdr buf, *eth;

	if (bpf_dynptr_from_xdp(ctx, 0, &d))
		return XDP_ABORTED;
	eth = bpf_dynptr_slice(&d, 0, &buf, sizeof(buf));
	if (!eth)
		return XDP_DROP;
	pull_global(ctx);
	return eth->h_proto ? XDP_PASS : XDP_DROP;
}
