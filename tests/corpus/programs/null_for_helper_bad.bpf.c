#include "kfuncs.h"
/* What is NULL where a helper takes memory, and memory that is shorter than the helper is told. */
char text[16];

SEC("tc")
int slice_is_null(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	char *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (slice)
		return 0;
	return bpf_csum_diff(NULL, 0, (void *)slice, 16, 0);
}

SEC("tc")
int text_from_null(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	char *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (slice)
		return 0;
	return bpf_strncmp(slice, 16, "text");
}

SEC("tc")
int slice_too_short(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	void *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_csum_diff(NULL, 0, slice, 20, 0);
}

SEC("tc")
int slice_ends_before(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	void *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_strncmp(slice, 17, "text");
}
