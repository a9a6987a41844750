/* XDP: two connections are held at once and given back in the order they came. */
#include "kfuncs.h"

u32 marks;

SEC("xdp")
int pair(struct xdp_md *ctx)
{
	struct bpf_sock_tuple a = { .ipv4.dport = 1 }, b = { .ipv4.dport = 2 };
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 6 };
	struct nf_conn *x, *y;

	x = bpf_xdp_ct_lookup(ctx, &a, sizeof(a.ipv4), &opts, sizeof(opts));
	if (!x)
		return XDP_PASS;
	y = bpf_xdp_ct_lookup(ctx, &b, sizeof(b.ipv4), &opts, sizeof(opts));
	if (y) {
		marks += x->mark ^ y->mark;
		bpf_ct_release(x);
		bpf_ct_release(y);
	} else {
		bpf_ct_release(x);
	}
	return XDP_PASS;
}
