/* What a helper reads goes into an object by way of the stack. */
#include "own.h"

struct packet {
	__u64 length;
	__u8 data[24];
};

SEC("tc")
int copied(struct __sk_buff *skb)
{
	struct packet *packet = obj_new(struct packet);
	__u8 data[24];

	if (!packet)
		return 0;
	if (!bpf_skb_load_bytes(skb, 0, data, sizeof(data)))
		__builtin_memcpy(packet->data, data, sizeof(data));
	obj_drop(packet);
	return 0;
}
