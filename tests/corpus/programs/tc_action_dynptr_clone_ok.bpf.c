/* tc action: a clone shares the packet and is adjusted by itself. */
#include "kfuncs.h"

u64 sum;

SEC("action")
int act(struct __sk_buff *skb)
{
	struct bpf_dynptr whole, part;
	struct iphdr buf, *ip;

	if (bpf_dynptr_from_skb(skb, 0, &whole))
		return 0;
	if (bpf_dynptr_clone(&whole, &part))
		return 0;
	if (bpf_dynptr_adjust(&part, 14, 14 + sizeof(buf)))
		return 0;
	ip = bpf_dynptr_slice(&part, 0, &buf, sizeof(buf));
	if (ip)
		sum += ip->tot_len + bpf_dynptr_size(&whole);
	return 0;
}
