#include "own.h"
/* The node's type is named by nothing else: the object's BTF lacks it, and the kernel then takes the lock for none. */
struct entry { struct bpf_list_node node; u64 n; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head queue owns(entry, node);

u64 sum;

SEC("tc")
int look(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock);
	sum++;
	bpf_spin_unlock(&lock);
	return 0;
}
