/* One object in a tree and in a list at once, each with its own reference. */
#include "kfuncs.h"
struct both { struct bpf_refcount ref; struct bpf_rb_node r; struct bpf_list_node l; u64 key; };
private(X) struct bpf_spin_lock lock;
private(X) struct bpf_rb_root tree owns(both, r);
private(X) struct bpf_list_head list owns(both, l);

static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct both, r)->key < container_of(b, struct both, r)->key;
}

SEC("tc")
int insert(struct __sk_buff *skb)
{
	struct both *n = obj_new(struct both), *m;

	if (!n)
		return 0;
	n->key = skb->len;
	m = ref_acquire(n);
	bpf_spin_lock(&lock);
	rb_add(&tree, &n->r, less);
	push_back(&list, &m->l);
	bpf_spin_unlock(&lock);
	return 0;
}
