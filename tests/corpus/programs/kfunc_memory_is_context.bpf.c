/* The context is lent to a kfunc as plain memory. Kernels differ, and so do program types. */
#include "own.h"
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer, u32 buffer__szk) __ksym;

char bytes[64];

#define LEND(section, name, from) \
SEC(section) \
int name(void *ctx) \
{ \
	struct bpf_dynptr d; \
	char *p; \
\
	if (bpf_dynptr_from_mem(bytes, sizeof(bytes), 0, &d)) \
		return 0; \
	p = bpf_dynptr_slice(&d, 0, (char *)ctx + from, 8); \
	if (!p) \
		return 0; \
	bytes[1] = p[0]; \
	return 0; \
}

LEND("kprobe", kprobe_start, 0)
LEND("kprobe", kprobe_inside, 8)
LEND("tp/sched/sched_switch", tracepoint_start, 0)
LEND("tp/sched/sched_switch", tracepoint_inside, 8)
LEND("raw_tp/sched_switch", raw_start, 0)
LEND("raw_tp/sched_switch", raw_inside, 8)
LEND("tp_btf/sched_switch", tracing_start, 0)
LEND("tp_btf/sched_switch", tracing_inside, 8)
LEND("perf_event", perf_start, 0)
LEND("xdp", packet_start, 0)
LEND("tc", buffer_start, 0)
LEND("cgroup_skb/ingress", cgroup_start, 0)
LEND("cgroup/dev", device_start, 0)
LEND("cgroup/sysctl", sysctl_start, 0)
LEND("cgroup/setsockopt", option_start, 0)
LEND("cgroup/connect4", connect_start, 0)
LEND("cgroup/sock_create", create_start, 0)
LEND("sockops", operation_start, 0)
LEND("sk_msg", message_start, 0)
LEND("sk_skb/stream_verdict", verdict_start, 0)
LEND("sk_lookup", lookup_start, 0)
LEND("sk_reuseport", reuse_start, 0)
LEND("flow_dissector", flow_start, 0)
LEND("lwt_in", tunnel_start, 0)
LEND("netfilter", filter_start, 0)
LEND("netfilter", filter_inside, 8)
LEND("syscall", call_start, 0)
LEND("syscall", call_inside, 8)
