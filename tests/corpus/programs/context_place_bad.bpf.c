#include "own.h"
/* Members that a program type does not have, places that are not constant, and the context as plain memory. */
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, u32[4]); } kept SEC(".maps");

SEC("socket")
int packet_of_a_filter(struct __sk_buff *skb)
{
	return skb->data_end - skb->data;
}

SEC("cgroup_skb/egress")
int class_in_a_cgroup(struct __sk_buff *skb)
{
	return skb->tc_classid == 7;
}

SEC("lwt_in")
int family_in_a_tunnel(struct __sk_buff *skb)
{
	return skb->family == 2 ? 0 : 2;
}

SEC("tc")
int family_in_tc(struct __sk_buff *skb)
{
	return skb->family == 2 ? 0 : 2;
}

SEC("xdp")
int way_out(struct xdp_md *ctx)
{
	return ctx->egress_ifindex == 3 ? 1 : 2;
}

SEC("tc")
int which_word(struct __sk_buff *skb)
{
	u32 i = skb->hash & 3;

	return *(volatile u32 *)((void *)skb + 48 + i * 4) == 1;
}

SEC("tc")
int whole(struct __sk_buff *skb)
{
	u32 key = 0;

	return bpf_map_update_elem(&kept, &key, skb, 0);
}
