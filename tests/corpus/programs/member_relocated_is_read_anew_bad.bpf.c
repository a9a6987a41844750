/* Each read of a member that the loader relocates is a read of its own: the check of one says nothing of the next. */
#include "kfuncs.h"

int families;

SEC("tp_btf/kfree_skb")
int BPF_PROG(drop, struct sk_buff *skb)
{
	if (skb->sk)
		families = skb->sk->__sk_common.skc_family;
	return 0;
}
