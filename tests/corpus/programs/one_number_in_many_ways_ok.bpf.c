/* A number is the same in whatever way it is read again, with no call between. */
#include "kfuncs.h"

extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
struct request {
	u32 flags, number;
	u64 id;
	u32 table[8];
	u32 low : 4, high : 12;
};
struct entry {
	u32 level, other;
	u64 total;
	u32 list[8];
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct entry);
} entries SEC(".maps");
u64 seen;
static __always_inline struct entry *first(void)
{
	u32 key = 0;
	return bpf_map_lookup_elem(&entries, &key);
}
static __always_inline bool is_high(const struct entry *entry)
{
	return entry->level > 4;
}
struct held {
	struct entry *entry;
	u32 index;
};
SEC("syscall") int bit_field(struct request *request)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (request->high == 8) {
		bpf_task_release(task);
		return 0;
	}
	if (request->high == 8)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int element(struct request *request)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (request->table[1] == 2) {
		bpf_task_release(task);
		return 0;
	}
	if (request->table[1] == 2)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int through_pointer_to_array(struct request *request)
{
	const u32 *table = request->table;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (table[1] == 2) {
		bpf_task_release(task);
		return 0;
	}
	if (request->table[1] == 2)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int from_element_back(struct request *request)
{
	u32 *element = &request->table[2];
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (element[-1] == 2) {
		bpf_task_release(task);
		return 0;
	}
	if (request->table[1] == 2)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int by_bytes(struct request *request)
{
	u8 *bytes = (u8 *)request;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (*(u32 *)(bytes + __builtin_offsetof(struct request, number)) == 2) {
		bpf_task_release(task);
		return 0;
	}
	if (request->number == 2)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int element_chosen_at_run_time(struct request *request)
{
	u32 index = request->number & 7;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (request->table[index] == 3) {
		bpf_task_release(task);
		return 0;
	}
	if (request->table[index] == 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int asked_by_function(struct request *request)
{
	struct entry *entry = first();
	if (!entry)
		return 0;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (is_high(entry)) {
		bpf_task_release(task);
		return 0;
	}
	if (is_high(entry))
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int held_in_a_struct(struct request *request)
{
	struct held held = {.entry = first()};
	if (!held.entry)
		return 0;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (held.entry->level > 4) {
		bpf_task_release(task);
		return 0;
	}
	if (held.entry->level > 4)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int held_and_direct(struct request *request)
{
	struct entry *entry = first();
	if (!entry)
		return 0;
	struct held held = {.entry = entry};
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (held.entry->level > 4) {
		bpf_task_release(task);
		return 0;
	}
	if (entry->level > 4)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int through_pointer_to_pointer(struct request *request)
{
	struct entry *entry = first();
	if (!entry)
		return 0;
	struct entry **place = &entry;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if ((*place)->level > 4) {
		bpf_task_release(task);
		return 0;
	}
	if (entry->level > 4)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int seen_as_another_type(struct request *request)
{
	struct entry *entry = first();
	if (!entry)
		return 0;
	u64 *words = (u64 *)entry;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (words[1] == 7) {
		bpf_task_release(task);
		return 0;
	}
	if (words[1] == 7)
		return 1;
	bpf_task_release(task);
	return 0;
}
