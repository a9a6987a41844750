#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
struct job { struct bpf_list_node link; u64 a, b; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head owns(item, link);

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);
	struct job *j;

	if (!it)
		return 0;
	obj_drop(it);
	j = obj_new(struct job);
	if (!j)
		return 0;
	bpf_spin_lock(&lock);
	push_back(&head, &j->link);
	bpf_spin_unlock(&lock);
	return 0;
}
