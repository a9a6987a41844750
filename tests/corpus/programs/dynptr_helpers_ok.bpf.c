#include "own.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

u64 counter;

SEC("tp_btf/task_newtask")
int write_and_submit(void *ctx)
{
	struct bpf_dynptr event;
	int value = 7;

	if (bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event)) {
		bpf_ringbuf_discard_dynptr(&event, 0);
		return 1;
	}
	bpf_dynptr_write(&event, 0, &value, sizeof(value), 0);
	bpf_ringbuf_submit_dynptr(&event, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int reserve_again(void *ctx)
{
	struct bpf_dynptr event;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_ringbuf_discard_dynptr(&event, 0);
	bpf_ringbuf_reserve_dynptr(&events, 16, 0, &event);
	bpf_ringbuf_submit_dynptr(&event, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int local_made_twice(void *ctx)
{
	struct bpf_dynptr ptr;
	u32 low = 0;

	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &ptr);
	bpf_dynptr_from_mem(&counter, 4, 0, &ptr);
	bpf_dynptr_read(&low, sizeof(low), &ptr, 0, 0);
	return low;
}
