#include "own.h"
extern u32 tcp_reno_ssthresh(struct sock *sk) __ksym;
extern void tcp_reno_cong_avoid(struct sock *sk, u32 ack, u32 acked) __ksym;
extern u32 tcp_reno_undo_cwnd(struct sock *sk) __ksym;

struct sock___walk { struct socket *sk_socket; } __attribute__((preserve_access_index));

/* A kfunc without flags is given an object that was reached by walking. */
SEC("struct_ops")
u32 BPF_PROG(walk_ssthresh, struct sock *sk)
{
	struct socket *socket = ((struct sock___walk *)sk)->sk_socket;

	return tcp_reno_ssthresh(socket->sk);
}

SEC(".struct_ops")
struct tcp_congestion_ops walk_cc = {
	.ssthresh = (void *)walk_ssthresh,
	.name = "own_walk",
};
