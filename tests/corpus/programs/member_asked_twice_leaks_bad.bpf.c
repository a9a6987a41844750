/* What a member was the first time decides the second time, on both ways. */
#include "kfuncs.h"

struct request {
	u32 first, number;
};
struct limit {
	u32 number, other;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct limit);
} limits SEC(".maps");
u64 seen, setting;
SEC("syscall") int of_context(struct request *request)
{
	if (request->number > 3)
		seen++;
	if (request->number > 3) {
		struct task_struct *task = bpf_task_from_pid(1);
		if (task)
			return 1;
	}
	return 0;
}
SEC("syscall") int of_context_the_other_way(struct request *request)
{
	if (request->number <= 3)
		seen++;
	if (request->number > 3) {
		struct task_struct *task = bpf_task_from_pid(1);
		if (task)
			return 1;
	}
	return 0;
}
SEC("syscall") int of_map(struct request *request)
{
	u32 key = 0;
	struct limit *limit = bpf_map_lookup_elem(&limits, &key);
	if (!limit)
		return 0;
	if (limit->number > 3)
		seen++;
	if (limit->number > 3) {
		struct task_struct *task = bpf_task_from_pid(1);
		if (task)
			return 1;
	}
	return 0;
}
SEC("syscall") int of_map_the_other_way(struct request *request)
{
	u32 key = 0;
	struct limit *limit = bpf_map_lookup_elem(&limits, &key);
	if (!limit)
		return 0;
	if (limit->number <= 3)
		seen++;
	if (limit->number > 3) {
		struct task_struct *task = bpf_task_from_pid(1);
		if (task)
			return 1;
	}
	return 0;
}
SEC("syscall") int of_loop(struct request *request)
{
	u32 key = 0, i;
	struct limit *limit = bpf_map_lookup_elem(&limits, &key);
	if (!limit)
		return 0;
	for (i = 0; i < 3; i++)
		if (limit->number <= i)
			seen++;
	if (limit->number > 3) {
		struct task_struct *task = bpf_task_from_pid(1);
		if (task)
			return 1;
	}
	return 0;
}
SEC("syscall") int of_global(struct request *request)
{
	if (setting > 3)
		seen++;
	if (setting > 3) {
		struct task_struct *task = bpf_task_from_pid(1);
		if (task)
			return 1;
	}
	return 0;
}
