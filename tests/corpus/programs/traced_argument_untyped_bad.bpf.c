#include "own.h"
/* Nobody vouches for the arguments of a traced function, whatever the program takes them for. */
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("fentry/skb_tx_error")
int BPF_PROG(before, void *skb)
{
	struct bpf_dynptr ptr;

	return bpf_dynptr_from_skb(skb, 0, &ptr);
}

SEC("fexit/skb_tx_error")
int BPF_PROG(after, struct sk_buff *skb)
{
	struct bpf_dynptr ptr;

	return bpf_dynptr_from_skb((void *)skb, 0, &ptr);
}

SEC("fentry/__set_task_comm")
int BPF_PROG(renamed, void *task)
{
	struct task_struct *t = bpf_task_acquire(task);

	if (t)
		bpf_task_release(t);
	return 0;
}
