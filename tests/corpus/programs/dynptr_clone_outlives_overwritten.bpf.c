/* A dynptr whose clone lives on may be written over: newer kernels ask only that one of them is left to give the memory back. */
#include "kfuncs.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

u64 counter;

SEC("tp_btf/task_newtask")
int original_is_made_anew(void *ctx)
{
	struct bpf_dynptr event, copy;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &copy);
	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &event);
	bpf_ringbuf_submit_dynptr(&copy, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int clone_is_written(void *ctx)
{
	struct bpf_dynptr event, copy;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &copy);
	*(volatile u64 *)&copy = 7;
	bpf_ringbuf_discard_dynptr(&event, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int slice_of_the_other_lives(void *ctx)
{
	struct bpf_dynptr event, copy;
	u64 *room;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &copy);
	room = bpf_dynptr_data(&copy, 0, sizeof(*room));
	if (room) {
		*(volatile u64 *)&event = 7;
		*room = 1;
	}
	bpf_ringbuf_submit_dynptr(&copy, 0);
	return 0;
}
