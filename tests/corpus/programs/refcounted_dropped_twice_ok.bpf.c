/* Each of two references to one object is dropped. */
#include "kfuncs.h"
struct node { struct bpf_refcount ref; u64 v; };

u64 v;

SEC("xdp")
int drop(struct xdp_md *ctx)
{
	struct node *a = obj_new(struct node), *b;

	if (!a)
		return XDP_PASS;
	b = ref_acquire(a);
	a->v = 1;
	obj_drop(a);
	v += b->v;
	obj_drop(b);
	return XDP_PASS;
}
