/* A further reference is asked for by a member's address: older kernels take it for the object. */
#include "own.h"
struct ent { u64 key; struct bpf_list_node link; struct bpf_refcount rc; };

SEC("tc")
int by_member(struct __sk_buff *skb)
{
	struct ent *e = obj_new(struct ent), *again;

	if (!e)
		return 0;
	again = ref_acquire(&e->link);
	obj_drop(e);
	if (again)
		obj_drop(again);
	return 0;
}

SEC("tc")
int by_start(struct __sk_buff *skb)
{
	struct ent *e = obj_new(struct ent), *again;

	if (!e)
		return 0;
	again = ref_acquire(e);
	obj_drop(e);
	if (again)
		obj_drop(again);
	return 0;
}
