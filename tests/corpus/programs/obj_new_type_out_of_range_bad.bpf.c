#include "own.h"

SEC("tc")
int make(struct __sk_buff *skb)
{
	void *p = bpf_obj_new_impl(1ULL << 40, NULL);

	if (p)
		obj_drop(p);
	return 0;
}
