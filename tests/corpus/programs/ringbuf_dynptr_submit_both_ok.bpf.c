/* A ring buffer's dynptr is given back on success and on failure alike. */
#include "kfuncs.h"
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");

SEC("tp/sched/sched_wakeup")
int tp(void *ctx)
{
	struct bpf_dynptr d;
	u64 now = bpf_ktime_get_ns();

	if (bpf_ringbuf_reserve_dynptr(&events, 16, 0, &d) < 0) {
		bpf_ringbuf_discard_dynptr(&d, 0);
		return 0;
	}
	bpf_dynptr_write(&d, 0, &now, sizeof(now), 0);
	bpf_ringbuf_submit_dynptr(&d, 0);
	return 0;
}
