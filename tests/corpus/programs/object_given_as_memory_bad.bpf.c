/* An object from bpf_obj_new is no memory that a helper fills or reads. */
#include "own.h"

struct packet {
	__u64 length;
	__u8 data[24];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct packet);
} packets SEC(".maps");

SEC("tc")
int filled(struct __sk_buff *skb)
{
	struct packet *packet = obj_new(struct packet);

	if (!packet)
		return 0;
	bpf_skb_load_bytes(skb, 0, packet->data, sizeof(packet->data));
	obj_drop(packet);
	return 0;
}

SEC("tc")
int read_as_value(struct __sk_buff *skb)
{
	struct packet *packet = obj_new(struct packet);
	__u32 key = 1;

	if (!packet)
		return 0;
	packet->length = skb->len;
	bpf_map_update_elem(&packets, &key, packet, 0);
	obj_drop(packet);
	return 0;
}
