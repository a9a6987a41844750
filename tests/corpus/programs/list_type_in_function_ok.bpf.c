#include "own.h"
/* Only a global function names the node's type: that is enough for the object's BTF to hold it. */
struct entry { struct bpf_list_node node; u64 n; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head queue owns(entry, node);
extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;

u64 sum;

__noinline u64 add(struct entry *e)
{
	return e ? 1 : 2;
}

SEC("tc")
int take(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&queue);
	bpf_spin_unlock(&lock);
	if (!n)
		return 0;
	sum += add(NULL);
	obj_drop(container_of(n, struct entry, node));
	return 1;
}
