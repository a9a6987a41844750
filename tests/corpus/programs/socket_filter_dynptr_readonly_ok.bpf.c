/* A socket filter sees packets that it may not write, and says so when asked. */
#include "kfuncs.h"

u64 readonly;

SEC("socket")
int look(struct __sk_buff *skb)
{
	struct bpf_dynptr d;
	u32 word = 0;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	if (bpf_dynptr_is_rdonly(&d))
		readonly++;
	bpf_dynptr_read(&word, sizeof(word), &d, 0, 0);
	return word & 1;
}
