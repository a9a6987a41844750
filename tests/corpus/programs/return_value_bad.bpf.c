/* What a program type may return is for the type to say. */
#include "own.h"

SEC("cgroup/sysctl")
int sysctl_minus(struct bpf_sysctl *ctx)
{
	return -1;
}

SEC("cgroup/dev")
int dev_two(struct bpf_cgroup_dev_ctx *ctx)
{
	return 2;
}

SEC("cgroup_skb/ingress")
int ingress_two(struct __sk_buff *skb)
{
	return 2;
}

SEC("fentry/bpf_fentry_test1")
int BPF_PROG(entry_one, int a)
{
	return 1;
}

SEC("sockops")
int ops_two(struct bpf_sock_ops *ctx)
{
	return 2;
}

SEC("cgroup/getsockopt")
int getsockopt_two(struct bpf_sockopt *ctx)
{
	return 2;
}

SEC("cgroup/connect4")
int connect_two(struct bpf_sock_addr *ctx)
{
	return 2;
}

SEC("cgroup/sock_create")
int create_two(struct bpf_sock *ctx)
{
	return 2;
}

SEC("netfilter")
int filter_two(struct bpf_nf_ctx *ctx)
{
	return 2;
}

SEC("iter/task")
int iter_two(struct bpf_iter__task *ctx)
{
	return 2;
}

SEC("cgroup_skb/egress")
int egress_four(struct __sk_buff *skb)
{
	return 4;
}

SEC("cgroup/recvmsg4")
int receive_none(struct bpf_sock_addr *ctx)
{
	return 0;
}

SEC("cgroup/bind4")
int bind_four(struct bpf_sock_addr *ctx)
{
	return 4;
}
