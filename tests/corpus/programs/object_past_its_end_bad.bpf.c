/* Past the end of an object from bpf_obj_new. */
#include "own.h"

struct item {
	__u64 first, second;
};

SEC("tc")
int written(struct __sk_buff *skb)
{
	struct item *item = obj_new(struct item);
	__u64 *number;

	if (!item)
		return 0;
	number = &item->second;
	number[1] = skb->len;
	obj_drop(item);
	return 0;
}

SEC("tc")
int read(struct __sk_buff *skb)
{
	struct item *item = obj_new(struct item);

	if (!item)
		return 0;
	item->second = 1;
	skb->mark = *(&item->second + 1);
	obj_drop(item);
	return 0;
}
