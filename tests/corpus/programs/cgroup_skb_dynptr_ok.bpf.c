/* cgroup_skb: reads the packet through a dynptr; the egress program may write nothing. */
#include "kfuncs.h"

u64 udp;

SEC("cgroup_skb/ingress")
int filter(struct __sk_buff *skb)
{
	struct bpf_dynptr d;
	struct iphdr buf;
	const struct iphdr *ip;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	ip = bpf_dynptr_slice(&d, 0, &buf, sizeof(buf));
	if (!ip)
		return 0;
	if (ip->protocol == 17)
		udp++;
	return 1;
}
