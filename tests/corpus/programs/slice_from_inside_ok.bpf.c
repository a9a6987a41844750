#include "kfuncs.h"
/* A slice is read anywhere inside; what bpf_dynptr_data lends is handed on from anywhere. */
char text[16];

SEC("tc")
int read_inside(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	char *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return slice[8] + slice[skb->hash & 7];
}

SEC("tc")
int data_from_inside(struct __sk_buff *skb)
{
	struct bpf_dynptr memory;
	char *data;

	bpf_dynptr_from_mem(text, sizeof(text), 0, &memory);
	data = bpf_dynptr_data(&memory, 0, 16);
	if (!data)
		return 0;
	return bpf_strncmp(data + 8, 8, "text");
}

SEC("tc")
int a_slice_of_a_slice(struct __sk_buff *skb)
{
	struct bpf_dynptr packet, other;
	u8 buffer[16];
	char *slice, *again;

	bpf_dynptr_from_mem(text, sizeof(text), 0, &other);
	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice_rdwr(&other, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	again = bpf_dynptr_slice(&packet, 0, slice, 8);
	return again ? again[0] : 0;
}
