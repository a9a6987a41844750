/* tc: a connection that was found may be changed before it is given back. */
#include "kfuncs.h"

SEC("tc")
int extend(struct __sk_buff *skb)
{
	struct bpf_sock_tuple t = {};
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 6 };
	struct nf_conn *ct;

	t.ipv4.saddr = skb->mark;
	ct = bpf_skb_ct_lookup(skb, &t, sizeof(t.ipv4), &opts, sizeof(opts));
	if (!ct)
		return 0;
	if (ct->timeout < 100)
		bpf_ct_change_timeout(ct, 3000);
	else
		bpf_ct_change_status(ct, 1 << 2);
	bpf_ct_release(ct);
	return 0;
}
