#include "own.h"

SEC("tc")
int make(struct __sk_buff *skb)
{
	u64 *n = obj_new(u64);

	if (n)
		obj_drop(n);
	return 0;
}
