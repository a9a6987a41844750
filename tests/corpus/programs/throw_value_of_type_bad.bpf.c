/* With no exception callback the value thrown is what the program returns: each type allows its own. */
#include "kfuncs.h"

SEC("cgroup_skb/ingress")
int ingress(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(2);
	return 1;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(4);
	return 1;
}

SEC("cgroup/sock_create")
int negative(struct bpf_sock *sock)
{
	if (bpf_get_prandom_u32() & 1)
		bpf_throw(-1);
	return 1;
}

SEC("cgroup/recvmsg4")
int no_refusal(struct bpf_sock_addr *address)
{
	if (bpf_get_prandom_u32() & 1)
		bpf_throw(0);
	return 1;
}

SEC("cgroup_skb/ingress")
int upper_half(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(0x100000001ULL);
	return 1;
}

SEC("cgroup_skb/ingress")
int any_number(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(bpf_ktime_get_ns());
	return 1;
}

static __noinline int check(int mark)
{
	if (mark)
		bpf_throw(2);
	return 1;
}

SEC("cgroup_skb/ingress")
int in_a_function(struct __sk_buff *skb)
{
	return check(skb->mark);
}

SEC("lsm/file_open")
int positive(void *ctx)
{
	if (bpf_get_prandom_u32() & 1)
		bpf_throw(1);
	return 0;
}

__noinline int two(u64 cookie)
{
	return 2;
}

SEC("cgroup_skb/ingress") __attribute__((btf_decl_tag("exception_callback:two")))
int by_the_callback(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(1);
	return 1;
}

__noinline int minus_one(u64 cookie)
{
	return -1;
}

SEC("cgroup_skb/ingress") __attribute__((btf_decl_tag("exception_callback:minus_one")))
int negative_by_the_callback(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(1);
	return 1;
}

__noinline int as_thrown(u64 cookie)
{
	return cookie;
}

SEC("cgroup_skb/ingress") __attribute__((btf_decl_tag("exception_callback:as_thrown")))
int any_by_the_callback(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(1);
	return 1;
}
