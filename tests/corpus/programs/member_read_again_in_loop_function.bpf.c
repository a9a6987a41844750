/* A member that is read twice with no call between is one number, in functions with loops, too. */
#include "kfuncs.h"

extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
struct limits {
	u32 count;
	u32 other;
	u64 total;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct limits);
} limits SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} numbers SEC(".maps");
u32 seen;
SEC("syscall") int least_of_context(struct limits *ctx)
{
	u32 count = ctx->count < 3 ? ctx->count : 3, i;
	for (i = 0; i < count; i++)
		bpf_preempt_disable();
	seen++;
	for (i = 0; i < count; i++)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int least_of_map(struct limits *ctx)
{
	u32 key = 0;
	struct limits *of = bpf_map_lookup_elem(&limits, &key);
	u32 count, i;
	if (!of)
		return 0;
	count = of->count < 3 ? of->count : 3;
	for (i = 0; i < count; i++)
		bpf_preempt_disable();
	seen++;
	for (i = 0; i < count; i++)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int tested_twice_before_loop(struct limits *ctx)
{
	u32 key = 0, i;
	struct limits *of = bpf_map_lookup_elem(&limits, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!of) {
		bpf_task_release(task);
		return 0;
	}
	if (of->count == 3) {
		if (of->count != 3)
			return 1;
	}
	for (i = 0; i < 3; i++)
		seen += i;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int tested_twice_in_loop(struct limits *ctx)
{
	u32 key = 0;
	int i;
	struct limits *of = bpf_map_lookup_elem(&limits, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!of) {
		bpf_task_release(task);
		return 0;
	}
	bpf_for(i, 0, 10)
	{
		if (of->count == 3) {
			if (of->count != 3)
				return 1;
		}
	}
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int tested_before_and_in_loop(struct limits *ctx)
{
	u32 key = 0, i;
	struct limits *of = bpf_map_lookup_elem(&limits, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!of || of->count != 3) {
		bpf_task_release(task);
		return 0;
	}
	for (i = 0; i < 4; i++) {
		if (of->count != 3)
			return 1;
		seen += i;
	}
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int number_tested_twice(struct limits *ctx)
{
	u32 key = 0;
	u64 *number = bpf_map_lookup_elem(&numbers, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!number) {
		bpf_task_release(task);
		return 0;
	}
	if (*number == 3) {
		if (*number != 3)
			return 1;
	}
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int held_in_each_round(struct limits *ctx)
{
	u32 key = 0;
	int i;
	bpf_for(i, 0, 10)
	{
		struct limits *of = bpf_map_lookup_elem(&limits, &key);
		struct task_struct *task;
		if (!of)
			continue;
		if (!of->other)
			continue;
		task = bpf_task_from_pid(i);
		if (!task)
			continue;
		bpf_task_release(task);
	}
	return 0;
}
SEC("syscall") int tested_after_call_in_loop_leaks(struct limits *ctx)
{
	u32 key = 0;
	int i;
	struct limits *of = bpf_map_lookup_elem(&limits, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!of) {
		bpf_task_release(task);
		return 0;
	}
	bpf_for(i, 0, 10)
	{
		if (of->count == 3) {
			bpf_get_prandom_u32();
			if (of->count != 3)
				return 1;
		}
	}
	bpf_task_release(task);
	return 0;
}
