/* What is put into a list must be owned: the first of the list is not. */
#include "kfuncs.h"
extern struct bpf_list_node *bpf_list_front(struct bpf_list_head *head) __ksym __weak;
extern struct bpf_list_node *bpf_list_back(struct bpf_list_head *head) __ksym __weak;
extern int bpf_list_add(struct bpf_list_head *head, struct bpf_list_node *new, struct bpf_list_node *prev) __ksym __weak;

struct item { u64 v; struct bpf_list_node link; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head items owns(item, link);

SEC("tc")
int first_behind_last(struct __sk_buff *skb)
{
	struct bpf_list_node *first, *last;
	struct item *it;

	it = obj_new(struct item);
	if (!it)
		return 0;
	bpf_spin_lock(&lock);
	first = bpf_list_front(&items);
	last = bpf_list_back(&items);
	if (first && last)
		bpf_list_add(&items, first, last);
	push_back(&items, &it->link);
	bpf_spin_unlock(&lock);
	return 0;
}
