//- fix: release-before-exit
#include "own.h"
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } rb SEC(".maps");

SEC("tc")
int leak(struct __sk_buff *skb)
{
	u64 *slot = bpf_ringbuf_reserve(&rb, 8, 0);

	if (!slot) return 0;
	*slot = skb->len;
	if (skb->len == 3) return 1;
	bpf_ringbuf_submit(slot, 0);
	return 0;
}
