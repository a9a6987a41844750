/* A whole struct is written over an object whose count of references is the kernel's. */
#include "own.h"

struct counted {
	__u64 first, second;
	struct bpf_refcount refs;
};

SEC("tc")
int assigned(struct __sk_buff *skb)
{
	struct counted *counted = obj_new(struct counted);

	if (!counted)
		return 0;
	*counted = (struct counted){ .first = 1, .second = skb->len };
	obj_drop(counted);
	return 0;
}

SEC("tc")
int cleared(struct __sk_buff *skb)
{
	struct counted *counted = obj_new(struct counted);

	if (!counted)
		return 0;
	__builtin_memset(counted, 0, sizeof(*counted));
	obj_drop(counted);
	return 0;
}
