/* A stream verdict: leaves the loop early, then destroys the iterator. */
#include "kfuncs.h"

SEC("sk_skb/stream_verdict")
int verdict(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	int *i, found = 0;

	bpf_iter_num_new(&it, 0, 64);
	while ((i = bpf_iter_num_next(&it))) {
		if (*i * 3 == (skb->len & 63)) {
			found = 1;
			break;
		}
	}
	bpf_iter_num_destroy(&it);
	return found ? SK_PASS : SK_DROP;
}
