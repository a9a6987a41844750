#include "own.h"
static int once(u64 i, void *data)
{
	return 1;
}

__noinline int twenty(struct __sk_buff *skb)
{
	return skb->len ? 20 : 30;
}

SEC("cgroup_skb/ingress")
int any_number_inside(struct __sk_buff *skb)
{
	bpf_loop(4, once, NULL, 0);
	return twenty(skb) > 20;
}

SEC("cgroup/getpeername4")
int answer(struct bpf_sock_addr *ctx)
{
	return 1;
}
