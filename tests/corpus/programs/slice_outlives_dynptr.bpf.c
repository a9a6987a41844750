/* A slice goes with its dynptr on newer kernels only. */
#include "kfuncs.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");
SEC("tc") int read_after_overwritten(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct ethhdr *eth;
	bpf_dynptr_from_skb(skb, 0, &packet);
	eth = bpf_dynptr_slice(&packet, 0, NULL, sizeof(*eth));
	if (!eth)
		return 0;
	bpf_dynptr_from_skb(skb, 0, &packet);
	return eth->h_proto == 8;
}
SEC("tc") int written_after_overwritten(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct ethhdr buffer, *eth;
	bpf_dynptr_from_skb(skb, 0, &packet);
	eth = bpf_dynptr_slice_rdwr(&packet, 0, &buffer, sizeof(*eth));
	if (!eth)
		return 0;
	bpf_dynptr_from_skb(skb, 0, &packet);
	eth->h_proto = 8;
	return 0;
}
SEC("tc") int written_after_discarded(struct __sk_buff *skb)
{
	struct bpf_dynptr event;
	u8 buffer[8], *bytes;
	bpf_ringbuf_reserve_dynptr(&events, 16, 0, &event);
	bytes = bpf_dynptr_slice_rdwr(&event, 0, buffer, sizeof(buffer));
	bpf_ringbuf_discard_dynptr(&event, 0);
	if (bytes)
		bytes[0] = 1;
	return 0;
}
