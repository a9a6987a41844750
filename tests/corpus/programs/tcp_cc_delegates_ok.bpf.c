/* A congestion control that leaves the arithmetic to Reno. */
#include "kfuncs.h"

SEC("struct_ops")
u32 BPF_PROG(own_ssthresh, struct sock *sk)
{
	return tcp_reno_ssthresh(sk);
}

SEC("struct_ops")
u32 BPF_PROG(own_undo, struct sock *sk)
{
	return tcp_reno_undo_cwnd(sk);
}

SEC("struct_ops")
void BPF_PROG(own_avoid, struct sock *sk, u32 ack, u32 acked)
{
	if (acked > 1)
		tcp_reno_cong_avoid(sk, ack, acked);
}

SEC(".struct_ops")
struct tcp_congestion_ops own_cc = { .ssthresh = (void *)own_ssthresh, .undo_cwnd = (void *)own_undo, .cong_avoid = (void *)own_avoid, .name = "own" };
