/* At the edge of what each type may return, and types that may return anything. */
#include "own.h"

u32 any;

SEC("cgroup/sysctl")
int sysctl_one(struct bpf_sysctl *ctx)
{
	return 1;
}

SEC("cgroup_skb/egress")
int egress_three(struct __sk_buff *skb)
{
	return 3;
}

SEC("cgroup/bind4")
int bind_three(struct bpf_sock_addr *ctx)
{
	return 3;
}

SEC("cgroup/recvmsg4")
int receive_one(struct bpf_sock_addr *ctx)
{
	return 1;
}

SEC("netfilter")
int filter_accept(struct bpf_nf_ctx *ctx)
{
	return 1;
}

SEC("sk_lookup")
int lookup_one(struct bpf_sk_lookup *ctx)
{
	return any & 1;
}

SEC("fentry/bpf_fentry_test1")
int BPF_PROG(entry_none, int a)
{
	return 0;
}

SEC("fmod_ret/bpf_modify_return_test")
int BPF_PROG(replaced, int a, int *b)
{
	return -12;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(switched, bool preempt)
{
	return 7;
}

SEC("raw_tp/sched_switch")
int raw(void *ctx)
{
	return any;
}

SEC("iter/task")
int again(struct bpf_iter__task *ctx)
{
	return 1;
}

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	return -1;
}

SEC("kprobe/do_nanosleep")
int probe(void *ctx)
{
	return 42;
}
