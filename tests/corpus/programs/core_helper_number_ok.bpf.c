#include "own.h"
/* Whether a kernel has a helper is asked twice, and both answers are the same: what is reserved is submitted. */
enum bpf_func_id___own { BPF_FUNC_ringbuf_reserve___own = 131 };
struct event { u64 pid; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
struct { __uint(type, 6); __uint(max_entries, 1); __type(key, u32); __type(value, struct event); } spare SEC(".maps");
struct { __uint(type, 4); __type(key, u32); __type(value, u32); } perf SEC(".maps");

static __always_inline bool has_ring(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id___own, BPF_FUNC_ringbuf_reserve___own);
}

static __always_inline struct event *reserve(void)
{
	u32 zero = 0;

	if (has_ring())
		return bpf_ringbuf_reserve(&events, sizeof(struct event), 0);
	return bpf_map_lookup_elem(&spare, &zero);
}

static __always_inline void submit(void *ctx, struct event *e)
{
	if (has_ring())
		bpf_ringbuf_submit(e, 0);
	else
		bpf_perf_event_output(ctx, &perf, 0xffffffff, e, sizeof(*e));
}

SEC("raw_tp/sys_enter")
int on_enter(void *ctx)
{
	struct event *e = reserve();

	if (!e)
		return 0;
	e->pid = bpf_get_current_pid_tgid();
	submit(ctx, e);
	return 0;
}
