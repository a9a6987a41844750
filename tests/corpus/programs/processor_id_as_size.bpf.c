/* Where a kernel runs on one CPU only, its verifier knows the number of the CPU, and so a constant size. */
#include "kfuncs.h"

SEC("tc")
int slice(struct __sk_buff *skb)
{
	struct bpf_dynptr d;
	u8 *bytes;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	bytes = bpf_dynptr_slice(&d, 0, NULL, bpf_get_smp_processor_id());
	return bytes ? 1 : 0;
}
