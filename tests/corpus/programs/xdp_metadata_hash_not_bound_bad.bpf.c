/* XDP asks the driver for a hash; the place for the answer is on the stack. */
#include "kfuncs.h"

u32 hash_seen;

SEC("xdp")
int rx(struct xdp_md *ctx)
{
	enum xdp_rss_hash_type type;
	u32 hash = 0;

	if (bpf_xdp_metadata_rx_hash(ctx, &hash, &type) == 0)
		hash_seen = hash;
	return XDP_PASS;
}
