/* After the packet has moved its pointers are taken from the context again; what was read before stays. */
#include "kfuncs.h"
extern int bpf_xdp_pull_data(struct xdp_md *xdp, u32 len) __ksym;

__noinline int pull_global(struct xdp_md *ctx)
{
	return bpf_xdp_pull_data(ctx, 64);
}

SEC("xdp")
int taken_again(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end) {
		if (bpf_xdp_pull_data(ctx, sizeof(*eth)))
			return XDP_DROP;
		data = (void *)(long)ctx->data;
		end = (void *)(long)ctx->data_end;
		eth = data;
		if ((void *)(eth + 1) > end)
			return XDP_DROP;
	}
	return eth->h_proto ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int read_before(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	u16 protocol;

	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	protocol = eth->h_proto;
	pull_global(ctx);
	return protocol ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int slice_taken_after(struct xdp_md *ctx)
{
	struct bpf_dynptr d;
	struct ethhdr buf, *eth;

	if (bpf_dynptr_from_xdp(ctx, 0, &d))
		return XDP_ABORTED;
	pull_global(ctx);
	eth = bpf_dynptr_slice(&d, 0, &buf, sizeof(buf));
	if (!eth)
		return XDP_DROP;
	return eth->h_proto ? XDP_PASS : XDP_DROP;
}
