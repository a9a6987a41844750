/* What a returned struct holds must be given back like any other. */
#include "kfuncs.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct event { u64 size; struct bpf_dynptr room; };
struct found { u64 tag; struct task_struct *task; };

static __always_inline struct event reserve(u64 size)
{
	struct event e = {};

	e.size = size;
	bpf_ringbuf_reserve_dynptr(&events, 16, 0, &e.room);
	return e;
}

static __always_inline struct found find(int pid)
{
	struct found f = {};

	f.task = bpf_task_from_pid(pid);
	f.tag = pid;
	return f;
}

u64 sizes;

SEC("tp_btf/task_newtask")
int dynptr_in_struct(void *ctx)
{
	struct event e = reserve(16);

	if (bpf_dynptr_size(&e.room) > 8)
		return 0;
	bpf_ringbuf_submit_dynptr(&e.room, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int reference_in_struct(void *ctx)
{
	struct found f = find(1);

	if (f.task)
		sizes = f.tag;
	return 0;
}
