/* A variable of 36 bytes may have padding up to the next slot: one byte more is still on the stack. */
#include "kfuncs.h"

SEC("xdp")
int esp(struct xdp_md *ctx)
{
	struct bpf_xfrm_state_opts opts = { .netns_id = -1, .spi = 7, .proto = 50, .family = 2 };
	struct xfrm_state *x = bpf_xdp_get_xfrm_state(ctx, &opts, sizeof(opts) + (bpf_get_prandom_u32() & 1));

	if (x)
		bpf_xdp_xfrm_state_release(x);
	return XDP_PASS;
}
