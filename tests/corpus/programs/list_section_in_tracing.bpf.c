#include "own.h"
struct item { u64 v; struct bpf_list_node link; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head owns(item, link);
private(A) u64 samples;

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	samples++;
	return 0;
}

SEC("raw_tp/sys_enter")
int enter(struct bpf_raw_tracepoint_args *ctx)
{
	samples++;
	return 0;
}

SEC("tc")
int keeps_type(struct __sk_buff *skb)
{
	struct item *it = obj_new(struct item);

	if (it)
		obj_drop(it);
	return 0;
}
