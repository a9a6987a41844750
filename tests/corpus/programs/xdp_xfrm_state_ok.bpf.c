/* XDP: a state of IPsec is looked up, read and given back. */
#include "kfuncs.h"

u32 spi_seen;

SEC("xdp")
int esp(struct xdp_md *ctx)
{
	struct bpf_xfrm_state_opts opts = { .netns_id = -1, .spi = 7, .proto = 50, .family = 2 };
	struct xfrm_state *x = bpf_xdp_get_xfrm_state(ctx, &opts, sizeof(opts));

	if (!x)
		return XDP_PASS;
	spi_seen = x->id.spi;
	bpf_xdp_xfrm_state_release(x);
	return XDP_PASS;
}
