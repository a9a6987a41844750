#include "own.h"
SEC("socket")
int filter(struct __sk_buff *skb)
{
	skb->cb[1] = 4;
	return skb->len + skb->mark + skb->protocol;
}

SEC("cgroup_skb/ingress")
int family_in_a_cgroup(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;

	skb->priority = 1;
	return data + 20 > end || skb->family == 2;
}

SEC("lwt_xmit")
int tunnel(struct __sk_buff *skb)
{
	skb->mark = skb->hash;
	return skb->data_end > skb->data ? 0 : 2;
}

SEC("tc")
int class(struct __sk_buff *skb)
{
	skb->tc_classid = skb->hash ? 3 : 4;
	return 0;
}

SEC("xdp/devmap")
int way_out(struct xdp_md *ctx)
{
	return ctx->egress_ifindex == 3 ? 1 : 2;
}
