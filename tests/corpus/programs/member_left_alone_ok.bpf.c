/* A member stays what it is where another member, another element or another type is written, or a function that only reads is
 * called. */
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
u64 seen;
u32 __noinline first_of(struct entry *entry)
{
	return entry ? entry->list[0] : 0;
}
struct local {
	u64 level, other;
	u32 list[2];
};
SEC("syscall") int other_member(u32 *ctx)
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
	entry->other = 1;
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int element_chosen_at_run_time(u32 *ctx)
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
	entry->list[ctx[0] & 3] = 1;
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int block_of_other_member(u32 *ctx)
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
	__builtin_memset(entry->list, 0, sizeof(entry->list));
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int global_of_another_type(u32 *ctx)
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
	seen++;
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int function_that_reads(u32 *ctx)
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
	seen = first_of(entry);
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int loop(u32 *ctx)
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
	for (u32 i = 0; i < 4; i++)
		seen += i;
	if (entry->level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int element_of_local(u32 *ctx)
{
	struct local local = {.level = ctx[0] & 7, .other = ctx[1]};
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (local.level > 3) {
		bpf_task_release(task);
		return 0;
	}
	local.list[ctx[2] & 1] = 5;
	seen = local.list[0];
	if (local.level > 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
