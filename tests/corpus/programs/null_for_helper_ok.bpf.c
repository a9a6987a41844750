#include "kfuncs.h"
/* Helpers that take NULL, and memory to its last byte. */

SEC("tc")
int null_where_it_may_be(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	void *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return bpf_csum_diff(slice, 0, NULL, 0, 0);
	return bpf_csum_diff(NULL, 0, slice, 16, 0);
}

SEC("tc")
int to_the_last_byte(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	void *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_strncmp(slice, 16, "text");
}
