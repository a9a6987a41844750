/* The last dynptr of a piece of memory may not be written over, and what was read through one that is gone is gone. */
#include "kfuncs.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

u64 counter;

SEC("tp_btf/task_newtask")
int both_are_made_anew(void *ctx)
{
	struct bpf_dynptr event, copy;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &copy);
	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &copy);
	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &event);
	return 0;
}

SEC("tp_btf/task_newtask")
int slice_of_the_overwritten(void *ctx)
{
	struct bpf_dynptr event, copy;
	u64 *room;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &copy);
	room = bpf_dynptr_data(&event, 0, sizeof(*room));
	if (room) {
		*(volatile u64 *)&event = 7;
		*room = 1;
	}
	bpf_ringbuf_submit_dynptr(&copy, 0);
	return 0;
}
