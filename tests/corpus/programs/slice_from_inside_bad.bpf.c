#include "kfuncs.h"
/* A slice is handed on from its start: from inside, helpers and kfuncs take none, though the program may read there. */
char text[16];

SEC("tc")
int to_a_helper(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	char *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_strncmp(slice + 8, 8, "text");
}

SEC("tc")
int of_local_memory(struct __sk_buff *skb)
{
	struct bpf_dynptr memory;
	u8 buffer[16];
	char *slice;

	bpf_dynptr_from_mem(text, sizeof(text), 0, &memory);
	slice = bpf_dynptr_slice(&memory, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_strncmp(slice + 8, 8, "text");
}

SEC("tc")
int somewhere(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[16];
	char *slice;

	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_strncmp(slice + (skb->hash & 7), 8, "text");
}

SEC("tc")
int to_a_kfunc(struct __sk_buff *skb)
{
	struct bpf_dynptr packet, other;
	u8 buffer[16];
	char *slice, *again;

	bpf_dynptr_from_mem(text, sizeof(text), 0, &other);
	bpf_dynptr_from_skb(skb, 0, &packet);
	slice = bpf_dynptr_slice_rdwr(&other, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	again = bpf_dynptr_slice(&packet, 0, slice + 8, 8);
	return again ? again[0] : 0;
}
