#include "own.h"
struct item { struct bpf_spin_lock lock; u64 v; struct bpf_list_node link; };
u64 seen;

SEC("tc")
int peek(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (!it)
		return 0;
	*(volatile u64 *)&it->link = 0;
	obj_drop(it);
	return 0;
}
