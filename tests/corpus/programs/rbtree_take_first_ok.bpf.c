/* The smallest node leaves its tree and is dropped after the lock. */
#include "kfuncs.h"
struct entry { struct bpf_rb_node node; u64 key; };
private(T) struct bpf_spin_lock lock;
private(T) struct bpf_rb_root tree owns(entry, node);

u64 taken;

static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct entry, node)->key < container_of(b, struct entry, node)->key;
}

SEC("tc")
int add(struct __sk_buff *skb)
{
	struct entry *e = obj_new(struct entry);

	if (!e)
		return 0;
	e->key = skb->hash;
	bpf_spin_lock(&lock);
	rb_add(&tree, &e->node, less);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc")
int take(struct __sk_buff *skb)
{
	struct bpf_rb_node *n;
	struct entry *e;

	bpf_spin_lock(&lock);
	n = bpf_rbtree_first(&tree);
	if (!n) {
		bpf_spin_unlock(&lock);
		return 0;
	}
	n = bpf_rbtree_remove(&tree, n);
	bpf_spin_unlock(&lock);
	if (!n)
		return 0;
	e = container_of(n, struct entry, node);
	taken += e->key;
	obj_drop(e);
	return 1;
}
