#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head owns(item, link);

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (!it)
		return 0;
	bpf_spin_lock(&lock);
	push_back((void *)&head + 8, &it->link);
	bpf_spin_unlock(&lock);
	return 0;
}
