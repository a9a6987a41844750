/* A slice of a reserved dynptr is filled before it is submitted. */
#include "kfuncs.h"
struct event { u64 when; u32 pid, pad; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");

SEC("fentry/bpf_fentry_test1")
int BPF_PROG(trace, int a)
{
	struct bpf_dynptr d;
	struct event *e;

	if (bpf_ringbuf_reserve_dynptr(&events, sizeof(*e), 0, &d))
		goto discard;
	e = bpf_dynptr_data(&d, 0, sizeof(*e));
	if (!e)
		goto discard;
	e->when = bpf_ktime_get_ns();
	e->pid = a;
	bpf_ringbuf_submit_dynptr(&d, 0);
	return 0;
discard:
	bpf_ringbuf_discard_dynptr(&d, 0);
	return 0;
}
