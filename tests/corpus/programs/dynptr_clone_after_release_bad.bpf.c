#include "own.h"
extern int bpf_dynptr_clone(const struct bpf_dynptr *p, struct bpf_dynptr *clone__uninit) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("tp_btf/task_newtask")
int clone_dies_with_its_parent(void *ctx)
{
	struct bpf_dynptr event, clone;
	int value;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &clone);
	bpf_ringbuf_submit_dynptr(&event, 0);
	return bpf_dynptr_read(&value, sizeof(value), &clone, 0, 0);
}

SEC("tp_btf/task_newtask")
int parent_dies_with_its_clone(void *ctx)
{
	struct bpf_dynptr event, clone;
	int value;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &event);
	bpf_dynptr_clone(&event, &clone);
	bpf_ringbuf_submit_dynptr(&clone, 0);
	return bpf_dynptr_read(&value, sizeof(value), &event, 0, 0);
}
