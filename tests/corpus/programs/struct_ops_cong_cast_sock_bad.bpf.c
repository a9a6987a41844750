#include "own.h"
extern void *bpf_rdonly_cast(const void *obj, u32 btf_id) __ksym;
extern u32 tcp_reno_ssthresh(struct sock *sk) __ksym;
extern void tcp_reno_cong_avoid(struct sock *sk, u32 ack, u32 acked) __ksym;
extern u32 tcp_reno_undo_cwnd(struct sock *sk) __ksym;

/* A kfunc without flags is given an object that nothing vouches for. */
SEC("struct_ops")
u32 BPF_PROG(cast_ssthresh, struct sock *sk)
{
	struct sock *cast = bpf_rdonly_cast(sk, bpf_core_type_id_kernel(struct sock));

	return tcp_reno_ssthresh(cast);
}

SEC(".struct_ops")
struct tcp_congestion_ops cast_cc = {
	.ssthresh = (void *)cast_ssthresh,
	.name = "own_cast",
};
