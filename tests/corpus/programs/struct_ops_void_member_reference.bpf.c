/* Newer kernels let a struct_ops program hand back the reference that it leaves in R0; where a member returns nothing, whatever the last call left there counts. */
#include "kfuncs.h"

u64 flags;

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
void BPF_PROG(left_by_last_call, struct sock *sk, u32 ack, u32 acked)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (p)
		flags += p->flags;
}

SEC("struct_ops")
void BPF_PROG(another_call_after, struct sock *sk, u8 state)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p)
		return;
	flags += p->flags;
	tcp_reno_cong_avoid(sk, 0, 0);
}

SEC(".struct_ops")
struct tcp_congestion_ops own_cc = {
	.ssthresh = (void *)own_ssthresh, .undo_cwnd = (void *)own_undo, .cong_avoid = (void *)left_by_last_call, .set_state = (void *)another_call_after, .name = "own",
};
