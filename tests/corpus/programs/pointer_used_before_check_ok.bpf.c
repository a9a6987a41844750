/* What memory was reached through is not NULL, and no member lies at NULL. */
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
SEC("syscall") int context_used(struct request *request)
{
	struct task_struct *task = bpf_task_from_pid(request->number);
	if (!task)
		return 0;
	if (!request)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int member(struct request *request)
{
	u32 *place = &request->number;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!place)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int array(struct request *request)
{
	u32 *place = request->table;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!place)
		return 1;
	bpf_task_release(task);
	return 0;
}
