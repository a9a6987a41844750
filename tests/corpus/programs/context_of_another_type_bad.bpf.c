/* A kfunc takes the context of another program type than this, or one that the kernel has no struct for. */
#include "kfuncs.h"

SEC("xdp")
int skb_lookup_in_xdp(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 6 };
	struct nf_conn *ct;

	ct = bpf_skb_ct_lookup((void *)ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));
	if (ct)
		bpf_ct_release(ct);
	return XDP_PASS;
}

SEC("tc")
int xdp_lookup_in_tc(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 6 };
	struct nf_conn *ct;

	ct = bpf_xdp_ct_lookup((void *)ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));
	if (ct)
		bpf_ct_release(ct);
	return 0;
}

SEC("cgroup/connect4")
int dynptr_in_connect(struct bpf_sock_addr *ctx)
{
	struct bpf_dynptr d;

	bpf_dynptr_from_skb((struct __sk_buff *)ctx, 0, &d);
	return 1;
}

SEC("tp_btf/kfree_skb")
int dynptr_in_tracepoint(u64 *ctx)
{
	struct bpf_dynptr d;

	bpf_dynptr_from_skb((struct __sk_buff *)ctx, 0, &d);
	return 0;
}

SEC("tp_btf/kfree_skb")
int cast_in_tracepoint(void *ctx)
{
	return bpf_cast_to_kern_ctx(ctx) != NULL;
}

SEC("syscall")
int cast_in_syscall(void *ctx)
{
	return bpf_cast_to_kern_ctx(ctx) != NULL;
}
