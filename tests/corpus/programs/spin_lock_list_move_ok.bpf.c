/* A node moves from one list to another under one lock. */
#include "kfuncs.h"
struct item { struct bpf_list_node node; u64 v; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head todo owns(item, node);
private(A) struct bpf_list_head done owns(item, node);

SEC("tc")
int step(struct __sk_buff *skb)
{
	struct bpf_list_node *n;
	struct item *it;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&todo);
	if (!n) {
		bpf_spin_unlock(&lock);
		return 0;
	}
	it = container_of(n, struct item, node);
	it->v++;
	push_back(&done, &it->node);
	bpf_spin_unlock(&lock);
	return 1;
}

SEC("tc")
int feed(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (!it)
		return 0;
	it->v = skb->len;
	bpf_spin_lock(&lock);
	push_front(&todo, &it->node);
	bpf_spin_unlock(&lock);
	return 0;
}
