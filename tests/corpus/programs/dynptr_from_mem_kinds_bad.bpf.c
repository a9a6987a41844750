#include "own.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

u64 counter;

SEC("tp_btf/task_newtask")
int from_the_stack(void *ctx)
{
	struct bpf_dynptr ptr;
	u64 local = 1;

	return bpf_dynptr_from_mem(&local, sizeof(local), 0, &ptr);
}

SEC("tp_btf/task_newtask")
int over_a_reserved_one(void *ctx)
{
	struct bpf_dynptr ptr;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &ptr);
	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &ptr);
	bpf_ringbuf_discard_dynptr(&ptr, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int submit_a_local_one(void *ctx)
{
	struct bpf_dynptr ptr;

	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &ptr);
	bpf_ringbuf_submit_dynptr(&ptr, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int read_into_a_reserved_one(void *ctx)
{
	struct bpf_dynptr ptr, from;

	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &from);
	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &ptr);
	bpf_dynptr_read(&ptr, 8, &from, 0, 0);
	bpf_ringbuf_discard_dynptr(&ptr, 0);
	return 0;
}
