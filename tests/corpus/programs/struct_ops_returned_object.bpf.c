/* A member that returns an object is given it back, NULL, and nothing else. */
#include "own.h"
extern void bpf_kfree_skb(struct sk_buff *skb) __ksym;
extern void bpf_qdisc_skb_drop(struct sk_buff *skb, struct bpf_sk_buff_ptr *to_free) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern void bpf_qdisc_init_prologue(struct Qdisc *sch, struct netlink_ext_ack *extack) __ksym;

struct kept { struct sk_buff __kptr *skb; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct kept); } queue SEC(".maps");

SEC("struct_ops/enqueue")
int BPF_PROG(enqueue, struct sk_buff *skb, struct Qdisc *sch, struct bpf_sk_buff_ptr *to_free)
{
	bpf_qdisc_skb_drop(skb, to_free);
	return 1;
}

static __always_inline struct sk_buff *taken(void)
{
	int key = 0;
	struct kept *k = bpf_map_lookup_elem(&queue, &key);

	return k ? bpf_kptr_xchg(&k->skb, NULL) : NULL;
}

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(gives_packet, struct Qdisc *sch) { return taken(); }

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(gives_nothing, struct Qdisc *sch) { return NULL; }

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(gives_number, struct Qdisc *sch) { return (void *)1; }

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(gives_other, struct Qdisc *sch) { return (void *)bpf_task_from_pid(1); }

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(gives_borrowed, struct Qdisc *sch) { return (void *)sch; }

SEC("struct_ops/dequeue")
struct sk_buff *BPF_PROG(gives_inside, struct Qdisc *sch)
{
	struct sk_buff *skb = taken();

	return skb ? (struct sk_buff *)((char *)skb + 8) : NULL;
}

SEC("struct_ops/reset")
void BPF_PROG(reset, struct Qdisc *sch) { }
SEC("struct_ops/destroy")
void BPF_PROG(destroy, struct Qdisc *sch) { }
SEC("struct_ops/init")
int BPF_PROG(init, struct Qdisc *sch, struct nlattr *opt, struct netlink_ext_ack *extack) { return 0; }

#define OPS(name, program) SEC(".struct_ops.link") struct Qdisc_ops name = { .enqueue = (void *)enqueue, .dequeue = (void *)program, .init = (void *)init, .reset = (void *)reset, .destroy = (void *)destroy, .id = "own" #name };
OPS(ops1, gives_packet)
OPS(ops2, gives_nothing)
OPS(ops3, gives_number)
OPS(ops4, gives_other)
OPS(ops5, gives_borrowed)
OPS(ops6, gives_inside)
