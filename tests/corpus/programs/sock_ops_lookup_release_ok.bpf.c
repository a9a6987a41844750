/* tc: a socket that was looked up is given back whatever its state. */
#include "kfuncs.h"

u64 listening;

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct bpf_sock_tuple t = { .ipv4.dport = bpf_htons(80) };
	struct bpf_sock *sk = bpf_sk_lookup_tcp(skb, &t, sizeof(t.ipv4), -1, 0);

	if (!sk)
		return 0;
	if (sk->state == 10)
		listening++;
	bpf_sk_release(sk);
	return 0;
}
