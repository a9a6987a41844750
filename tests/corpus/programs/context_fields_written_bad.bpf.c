#include "own.h"
SEC("tc")
int length(struct __sk_buff *skb)
{
	skb->len = 0;
	return 0;
}

SEC("tc")
int hash(struct __sk_buff *skb)
{
	skb->hash = skb->mark;
	return 0;
}

SEC("xdp")
int queue(struct xdp_md *xdp)
{
	xdp->rx_queue_index = 0;
	return XDP_PASS;
}

SEC("raw_tp/sys_enter")
int raw(struct bpf_raw_tracepoint_args *ctx)
{
	ctx->args[0] = 0;
	return 0;
}

SEC("tp/sched/sched_switch")
int tp(struct trace_event_raw_sched_switch *ctx)
{
	ctx->prev_pid = 0;
	return 0;
}
