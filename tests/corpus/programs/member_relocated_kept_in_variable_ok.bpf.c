/* A member that the loader relocates is read once, checked and used. */
#include "kfuncs.h"

int families;

SEC("tp_btf/kfree_skb")
int BPF_PROG(drop, struct sk_buff *skb)
{
	struct sock *sk = skb->sk;

	if (sk)
		families = sk->__sk_common.skc_family;
	return 0;
}
