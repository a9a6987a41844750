/* A node is put behind the first of a list: what it is put behind need not be owned. */
#include "kfuncs.h"
extern struct bpf_list_node *bpf_list_front(struct bpf_list_head *head) __ksym __weak;
extern int bpf_list_add(struct bpf_list_head *head, struct bpf_list_node *new, struct bpf_list_node *prev) __ksym __weak;

struct item { u64 v; struct bpf_list_node link; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head items owns(item, link);

SEC("tc")
int behind_the_first(struct __sk_buff *skb)
{
	struct bpf_list_node *first;
	struct item *it;

	it = obj_new(struct item);
	if (!it)
		return 0;
	bpf_spin_lock(&lock);
	first = bpf_list_front(&items);
	if (!first) {
		bpf_spin_unlock(&lock);
		obj_drop(it);
		return 0;
	}
	bpf_list_add(&items, &it->link, first);
	bpf_spin_unlock(&lock);
	return 0;
}
