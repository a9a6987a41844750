#include "own.h"
extern void tcp_cong_avoid_ai(struct tcp_sock *tp, u32 w, u32 acked) __ksym;
extern u32 tcp_reno_ssthresh(struct sock *sk) __ksym;
extern u32 tcp_reno_undo_cwnd(struct sock *sk) __ksym;

struct sock___walk { struct socket *sk_socket; } __attribute__((preserve_access_index));

/* The socket that is given is a TCP socket; one that was walked to is only a socket. */
SEC("struct_ops")
void BPF_PROG(walk_avoid, struct sock *sk, u32 ack, u32 acked)
{
	struct socket *socket = ((struct sock___walk *)sk)->sk_socket;

	tcp_cong_avoid_ai((struct tcp_sock *)socket->sk, 10, acked);
}

SEC(".struct_ops")
struct tcp_congestion_ops walk_tcp_cc = {
	.cong_avoid = (void *)walk_avoid,
	.name = "own_walk_tcp",
};
