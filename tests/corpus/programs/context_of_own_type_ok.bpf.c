/* The program's own context, whatever its C type, is what these kfuncs take. */
#include "kfuncs.h"

SEC("xdp")
int lookup_in_xdp(void *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 6 };
	struct nf_conn *ct;

	ct = bpf_xdp_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));
	if (ct)
		bpf_ct_release(ct);
	return XDP_PASS;
}

SEC("lwt_xmit")
int dynptr_in_lwt(void *ctx)
{
	struct bpf_dynptr d;

	bpf_dynptr_from_skb(ctx, 0, &d);
	return 0;
}

SEC("cgroup/connect4")
int cast_in_connect(void *ctx)
{
	return bpf_cast_to_kern_ctx(ctx) != NULL;
}

SEC("perf_event")
int cast_in_perf_event(void *ctx)
{
	return bpf_cast_to_kern_ctx(ctx) != NULL;
}
