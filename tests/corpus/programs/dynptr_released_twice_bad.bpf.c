#include "own.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("tp_btf/task_newtask")
int submit_then_discard(void *ctx)
{
	struct bpf_dynptr event;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_ringbuf_submit_dynptr(&event, 0);
	bpf_ringbuf_discard_dynptr(&event, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int discard_what_was_never_made(void *ctx)
{
	struct bpf_dynptr event;

	bpf_ringbuf_discard_dynptr(&event, 0);
	return 0;
}

static long discard(u64 i, void *event)
{
	bpf_ringbuf_discard_dynptr(event, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int discard_in_a_loop(void *ctx)
{
	struct bpf_dynptr event;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_loop(3, discard, &event, 0);
	return 0;
}
