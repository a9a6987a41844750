/* A member is read anew after it may have been written. */
#include "kfuncs.h"

struct entry {
	u32 level, other;
	u64 total;
	u32 list[4];
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct entry);
} entries SEC(".maps");
u32 seen;
u32 __noinline raise_level(struct entry *entry)
{
	if (!entry)
		return 0;
	entry->level++;
	return 1;
}
SEC("syscall") int itself(u32 *ctx)
{
	u32 key = 0;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!entry || entry->level > 3) {
		bpf_task_release(task);
		return 0;
	}
	entry->level = ctx[0];
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int function_that_writes(u32 *ctx)
{
	u32 key = 0;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!entry || entry->level > 3) {
		bpf_task_release(task);
		return 0;
	}
	seen = raise_level(entry);
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int a_barrier(u32 *ctx)
{
	u32 key = 0;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!entry || entry->level > 3) {
		bpf_task_release(task);
		return 0;
	}
	asm volatile("" ::: "memory");
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int a_helper(u32 *ctx)
{
	u32 key = 0;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!entry || entry->level > 3) {
		bpf_task_release(task);
		return 0;
	}
	bpf_get_prandom_u32();
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
