/* Values that a program of the type may return may be thrown; where there is an exception callback, any may. */
#include "kfuncs.h"

SEC("cgroup_skb/ingress")
int ingress(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(1);
	return 1;
}

SEC("cgroup_skb/ingress")
int one_bit(struct __sk_buff *skb)
{
	bpf_throw(skb->mark & 1);
	return 1;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(3);
	return 1;
}

SEC("cgroup/recvmsg4")
int no_refusal(struct bpf_sock_addr *address)
{
	if (bpf_get_prandom_u32() & 1)
		bpf_throw(1);
	return 1;
}

SEC("tc")
int anything(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(64);
	return 0;
}

SEC("lsm/file_open")
int an_error(void *ctx)
{
	if (bpf_get_prandom_u32() & 1)
		bpf_throw(-1);
	return 0;
}

SEC("lsm/file_open")
int an_error_in_the_lower_half(void *ctx)
{
	if (bpf_get_prandom_u32() & 1)
		bpf_throw((u32)-1);
	return 0;
}

__noinline int one(u64 cookie)
{
	return 1;
}

SEC("cgroup_skb/ingress") __attribute__((btf_decl_tag("exception_callback:one")))
int by_the_callback(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(2);
	return 1;
}
