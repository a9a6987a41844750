#include "own.h"

SEC("cgroup_skb/egress")
int marked(struct __sk_buff *skb)
{
	skb->mark = 1;
	return 1;
}
