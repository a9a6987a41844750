#include "own.h"
struct leaf { u64 v; struct bpf_list_node link; };
struct branch { struct bpf_spin_lock lock; struct bpf_list_head leaves owns(leaf, link); u64 n; };

SEC("tc")
int grow(struct __sk_buff *skb)
{
	struct branch *b = obj_new(struct branch);
	struct leaf *l;

	if (!b)
		return 0;
	l = obj_new(struct leaf);
	if (!l)
		goto out;
	bpf_spin_lock(&b->lock);
	b->n++;
	push_front(&b->leaves, &l->link);
	bpf_spin_unlock(&b->lock);
out:
	obj_drop(b);
	return 0;
}
