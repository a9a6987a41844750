/* Plain members of an object may be written at once. */
#include "own.h"

struct plain {
	__u64 first, second;
};

struct counted {
	struct plain plain;
	struct bpf_refcount refs;
};

SEC("tc")
int assigned(struct __sk_buff *skb)
{
	struct plain *plain = obj_new(struct plain);

	if (!plain)
		return 0;
	*plain = (struct plain){ .first = 1, .second = skb->len };
	obj_drop(plain);
	return 0;
}

SEC("tc")
int part_assigned(struct __sk_buff *skb)
{
	struct counted *counted = obj_new(struct counted);

	if (!counted)
		return 0;
	counted->plain = (struct plain){ .first = skb->len };
	__builtin_memset(&counted->plain.second, 0, sizeof(counted->plain.second));
	obj_drop(counted);
	return 0;
}
