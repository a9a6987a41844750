#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
private(A) struct bpf_spin_lock lock_a;
private(A) struct bpf_list_head head_a owns(item, link);
private(B) struct bpf_spin_lock lock_b;
private(B) struct bpf_list_head head_b owns(item, link);

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (!it)
		return 0;
	bpf_spin_lock(&lock_a);
	push_back(&head_b, &it->link);
	bpf_spin_unlock(&lock_a);
	return 0;
}
