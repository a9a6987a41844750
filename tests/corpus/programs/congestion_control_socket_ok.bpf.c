#include "own.h"
/* A congestion control is given a TCP socket, whatever its prototype says. */
extern u32 tcp_slow_start(struct tcp_sock *tp, u32 acked) __ksym;
extern void tcp_reno_cong_avoid(struct sock *sk, u32 ack, u32 acked) __ksym;

SEC("struct_ops/init")
void BPF_PROG(init_sock, struct sock *sk)
{
}

SEC("struct_ops/ssthresh")
u32 BPF_PROG(threshold, struct sock *sk)
{
	return 2;
}

SEC("struct_ops/undo_cwnd")
u32 BPF_PROG(undo, struct sock *sk)
{
	return 2;
}

SEC("struct_ops/cong_avoid")
void BPF_PROG(avoid, struct sock *sk, u32 ack, u32 acked)
{
	tcp_slow_start((struct tcp_sock *)sk, acked);
	tcp_reno_cong_avoid(sk, ack, acked);
}

SEC(".struct_ops")
struct tcp_congestion_ops toy = { .init = (void *)init_sock, .ssthresh = (void *)threshold, .undo_cwnd = (void *)undo, .cong_avoid = (void *)avoid, .name = "toy" };
