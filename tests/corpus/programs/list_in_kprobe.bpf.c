#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head owns(item, link);

SEC("kprobe/do_nanosleep")
int enqueue(struct pt_regs *ctx)
{
	bpf_spin_lock(&lock);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc")
int keeps_type(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (it)
		obj_drop(it);
	return 0;
}
