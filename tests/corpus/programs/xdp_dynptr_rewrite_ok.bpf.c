/* XDP: a writable slice may be NULL where the bytes are not linear; then they come through the buffer. */
#include "kfuncs.h"

SEC("xdp")
int rewrite(struct xdp_md *ctx)
{
	struct bpf_dynptr d;
	struct ethhdr buf, *eth;
	u16 proto;

	if (bpf_dynptr_from_xdp(ctx, 0, &d))
		return XDP_ABORTED;
	eth = bpf_dynptr_slice_rdwr(&d, 0, &buf, sizeof(buf));
	if (!eth)
		return XDP_DROP;
	proto = eth->h_proto;
	eth->h_proto = bpf_htons(0x0800);
	if (eth == &buf)
		bpf_dynptr_write(&d, 0, &buf, sizeof(buf), 0);
	return proto == bpf_htons(0x0800) ? XDP_PASS : XDP_TX;
}
