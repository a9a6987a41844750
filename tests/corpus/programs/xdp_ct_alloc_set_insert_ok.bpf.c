/* XDP: what was allocated is set up, inserted, and the inserted one given back. */
#include "kfuncs.h"

SEC("xdp")
int open_flow(struct xdp_md *ctx)
{
	struct bpf_sock_tuple t = { .ipv4.saddr = 1, .ipv4.daddr = 2 };
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 17 };
	struct nf_conn___init *fresh;
	struct nf_conn *ct;

	fresh = bpf_xdp_ct_alloc(ctx, &t, sizeof(t.ipv4), &opts, sizeof(opts));
	if (!fresh)
		return XDP_PASS;
	bpf_ct_set_timeout(fresh, 10);
	bpf_ct_set_status(fresh, 1 << 3);
	ct = bpf_ct_insert_entry(fresh);
	if (ct)
		bpf_ct_release(ct);
	return XDP_PASS;
}
