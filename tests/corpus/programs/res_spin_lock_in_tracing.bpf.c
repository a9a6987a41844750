/* Newer kernels let programs use resilient locks where any of the kernel's own code may have been interrupted. */
#include "kfuncs.h"

struct counter {
	struct bpf_res_spin_lock lock;
	u64 hits;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, u32);
	__type(value, struct counter);
	__uint(max_entries, 1);
} counters SEC(".maps");

static int count(void)
{
	u32 key = 0;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (!counter || bpf_res_spin_lock(&counter->lock))
		return 0;
	counter->hits++;
	bpf_res_spin_unlock(&counter->lock);
	return 0;
}

SEC("kprobe/do_nanosleep")
int in_kprobe(struct pt_regs *ctx)
{
	return count();
}

SEC("perf_event")
int in_perf_event(void *ctx)
{
	return count();
}

SEC("raw_tp/sched_switch")
int in_raw_tracepoint(void *ctx)
{
	return count();
}

SEC("tp_btf/sched_switch")
int in_tracepoint(void *ctx)
{
	return count();
}
