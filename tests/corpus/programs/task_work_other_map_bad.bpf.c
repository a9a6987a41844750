/* Task work is given another map than its own. */
#include "own.h"

extern int bpf_task_work_schedule_signal(struct task_struct *task, struct bpf_task_work *tw, void *map, int (callback)(struct bpf_map *, void *, void *)) __ksym;

struct work {
	struct bpf_task_work tw;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct work);
} works SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

static int later(struct bpf_map *map, void *key, void *value)
{
	return 0;
}

SEC("tp_btf/sched_wakeup")
int BPF_PROG(woken, struct task_struct *p)
{
	__u32 key = 1;
	struct work *work = bpf_map_lookup_elem(&works, &key);

	if (work)
		bpf_task_work_schedule_signal(p, &work->tw, &numbers, later);
	return 0;
}
