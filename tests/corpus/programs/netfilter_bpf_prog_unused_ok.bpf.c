/* BPF_PROG reads an argument that the hook does not have; nobody uses it, so the compiler drops the read. */
#include "own.h"
u64 n;

SEC("netfilter")
int BPF_PROG(look, struct nf_hook_state *state, struct sk_buff *skb, int more)
{
	n += skb->len;
	return 1;
}
