/* What the tree owns may be read while the lock is held. */
#include "kfuncs.h"
struct entry { struct bpf_rb_node node; u64 key; };
private(T) struct bpf_spin_lock lock;
private(T) struct bpf_rb_root tree owns(entry, node);

u64 smallest;

static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct entry, node)->key < container_of(b, struct entry, node)->key;
}

SEC("tc")
int put(struct __sk_buff *skb)
{
	struct entry *e = obj_new(struct entry);
	struct bpf_rb_node *n;

	if (!e)
		return 0;
	e->key = skb->len;
	bpf_spin_lock(&lock);
	rb_add(&tree, &e->node, less);
	n = bpf_rbtree_first(&tree);
	if (n)
		smallest = container_of(n, struct entry, node)->key;
	bpf_spin_unlock(&lock);
	return 0;
}
