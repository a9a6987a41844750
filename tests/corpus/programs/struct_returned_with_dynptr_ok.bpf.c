/* A struct that a function returns is made where its caller keeps it: a dynptr or a reference in it is there. */
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

static __noinline void submit(struct event *e)
{
	bpf_ringbuf_submit_dynptr(&e->room, 0);
}

SEC("tp_btf/task_newtask")
int dynptr_in_struct(void *ctx)
{
	struct event e = reserve(16);

	submit(&e);
	return 0;
}

SEC("tp_btf/task_newtask")
int reference_in_struct(void *ctx)
{
	struct found f = find(1);

	if (f.task)
		bpf_task_release(f.task);
	return 0;
}
