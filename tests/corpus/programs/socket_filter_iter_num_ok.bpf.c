/* A socket filter: an open-coded loop over the first bytes of the packet. */
#include "kfuncs.h"

SEC("socket")
int xor8(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	u8 acc = 0, byte;
	int *i;

	bpf_iter_num_new(&it, 0, 8);
	while ((i = bpf_iter_num_next(&it))) {
		if (bpf_skb_load_bytes(skb, *i, &byte, 1))
			break;
		acc ^= byte;
	}
	bpf_iter_num_destroy(&it);
	return acc ? skb->len : 0;
}
