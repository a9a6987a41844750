/* What a program type may write is its own business: a congestion control writes sockets, a classifier connections, neither tasks. */
#include "kfuncs.h"

SEC("struct_ops")
u32 BPF_PROG(own_ssthresh, struct sock *sk)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (p) {
		p->flags = 0;
		bpf_task_release(p);
	}
	return 2;
}

SEC("struct_ops")
u32 BPF_PROG(own_undo, struct sock *sk)
{
	return tcp_reno_undo_cwnd(sk);
}

SEC("struct_ops")
void BPF_PROG(own_avoid, struct sock *sk, u32 ack, u32 acked)
{
	tcp_reno_cong_avoid(sk, ack, acked);
}

SEC(".struct_ops")
struct tcp_congestion_ops own_cc = { .ssthresh = (void *)own_ssthresh, .undo_cwnd = (void *)own_undo, .cong_avoid = (void *)own_avoid, .name = "own" };
