#include "own.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("tp_btf/task_newtask")
int write_after_submit(void *ctx)
{
	struct bpf_dynptr event;
	int value = 7;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_ringbuf_submit_dynptr(&event, 0);
	return bpf_dynptr_write(&event, 0, &value, sizeof(value), 0);
}

SEC("tp_btf/task_newtask")
int read_before_reserve(void *ctx)
{
	struct bpf_dynptr event;
	int value;

	return bpf_dynptr_read(&value, sizeof(value), &event, 0, 0);
}

SEC("tp_btf/task_newtask")
int read_at_an_offset(void *ctx)
{
	struct bpf_dynptr event;
	int value;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_read(&value, sizeof(value), (void *)&event + 8, 0, 0);
	bpf_ringbuf_discard_dynptr(&event, 0);
	return 0;
}
