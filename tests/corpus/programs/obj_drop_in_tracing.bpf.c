#include "own.h"
/* Newer kernels drop no object with links where an NMI may have interrupted them; one of numbers they do. */
struct leaf { u64 v; struct bpf_rb_node rb; };
struct plain { u64 v; };
private(T) struct bpf_spin_lock lock;
private(T) struct bpf_rb_root root owns(leaf, rb);

SEC("raw_tp/sched_switch")
int with_a_link(u64 *ctx)
{
	struct leaf *n = obj_new(struct leaf);

	if (n)
		obj_drop(n);
	return 0;
}

SEC("raw_tp/sched_switch")
int with_a_number(u64 *ctx)
{
	struct plain *p = obj_new(struct plain);

	if (p)
		obj_drop(p);
	return 0;
}

SEC("fentry/bpf_fentry_test1")
int BPF_PROG(traced, int a)
{
	struct leaf *n = obj_new(struct leaf);

	if (n)
		obj_drop(n);
	return 0;
}

SEC("tc")
int classified(struct __sk_buff *skb)
{
	struct leaf *n = obj_new(struct leaf);

	if (n)
		obj_drop(n);
	return 0;
}
