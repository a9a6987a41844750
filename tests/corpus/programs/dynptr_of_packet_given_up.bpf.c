/* A packet that the program owns is given up while a dynptr of it is there. */
#include "own.h"
extern int bpf_dynptr_from_skb(struct sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern u64 bpf_dynptr_size(const struct bpf_dynptr *p) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer, u32 buffer__szk) __ksym;
extern void bpf_qdisc_skb_drop(struct sk_buff *skb, struct bpf_sk_buff_ptr *to_free) __ksym;
u64 seen;

SEC("struct_ops/enqueue")
int BPF_PROG(size_after, struct sk_buff *skb, struct Qdisc *sch, struct bpf_sk_buff_ptr *to_free)
{
	struct bpf_dynptr d;

	bpf_dynptr_from_skb(skb, 0, &d);
	bpf_qdisc_skb_drop(skb, to_free);
	seen = bpf_dynptr_size(&d);
	return 1;
}

SEC("struct_ops/enqueue")
int BPF_PROG(slice_after, struct sk_buff *skb, struct Qdisc *sch, struct bpf_sk_buff_ptr *to_free)
{
	struct bpf_dynptr d;
	u64 buffer, *slice;

	bpf_dynptr_from_skb(skb, 0, &d);
	slice = bpf_dynptr_slice(&d, 0, &buffer, sizeof(buffer));
	bpf_qdisc_skb_drop(skb, to_free);
	if (slice)
		seen = *slice;
	return 1;
}

SEC("struct_ops/enqueue")
int BPF_PROG(size_before, struct sk_buff *skb, struct Qdisc *sch, struct bpf_sk_buff_ptr *to_free)
{
	struct bpf_dynptr d;

	bpf_dynptr_from_skb(skb, 0, &d);
	seen = bpf_dynptr_size(&d);
	bpf_qdisc_skb_drop(skb, to_free);
	return 1;
}

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(dequeue, struct Qdisc *sch) { return NULL; }
SEC("struct_ops/reset")
void BPF_PROG(reset, struct Qdisc *sch) { }
SEC("struct_ops/destroy")
void BPF_PROG(destroy, struct Qdisc *sch) { }
SEC("struct_ops/init")
int BPF_PROG(init, struct Qdisc *sch, struct nlattr *opt, struct netlink_ext_ack *extack) { return 0; }

#define OPS(name, program) SEC(".struct_ops.link") struct Qdisc_ops name = { .enqueue = (void *)program, .dequeue = (void *)dequeue, .init = (void *)init, .reset = (void *)reset, .destroy = (void *)destroy, .id = "own" #name };
OPS(ops1, size_after)
OPS(ops2, slice_after)
OPS(ops3, size_before)
