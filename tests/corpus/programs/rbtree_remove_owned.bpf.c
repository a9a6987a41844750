/* Newer kernels take a node that the program owns out of its tree: it may be in it all the same. */
#include "kfuncs.h"
struct entry { struct bpf_rb_node node; struct bpf_refcount count; u64 key; };
struct plain { struct bpf_rb_node node; u64 key; };
private(T) struct bpf_spin_lock lock;
private(T) struct bpf_rb_root tree owns(entry, node);
private(P) struct bpf_spin_lock plain_lock;
private(P) struct bpf_rb_root plain_tree owns(plain, node);

SEC("tc")
int counted(struct __sk_buff *skb)
{
	struct entry *own = obj_new(struct entry);
	struct bpf_rb_node *taken;

	if (!own)
		return 0;
	bpf_spin_lock(&lock);
	taken = bpf_rbtree_remove(&tree, &own->node);
	bpf_spin_unlock(&lock);
	obj_drop(own);
	if (taken)
		obj_drop(container_of(taken, struct entry, node));
	return 0;
}

SEC("tc")
int not_counted(struct __sk_buff *skb)
{
	struct plain *own = obj_new(struct plain);
	struct bpf_rb_node *taken;

	if (!own)
		return 0;
	bpf_spin_lock(&plain_lock);
	taken = bpf_rbtree_remove(&plain_tree, &own->node);
	bpf_spin_unlock(&plain_lock);
	obj_drop(own);
	if (taken)
		obj_drop(container_of(taken, struct plain, node));
	return 0;
}
