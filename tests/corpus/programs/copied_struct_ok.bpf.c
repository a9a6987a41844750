/* A copy of a struct has the same numbers, and keeps them over calls. */
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

struct setting {
	u32 mode, limit;
};
struct setting setting = {1};
SEC("syscall") int of_map(struct request *request)
{
	struct entry *entry = first();
	if (!entry)
		return 0;
	struct entry copy = *entry;
	if (entry->level > 4)
		bpf_preempt_disable();
	if (copy.level > 4)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int of_context(struct request *request)
{
	struct request copy = *request;
	if (request->flags > 4)
		bpf_preempt_disable();
	if (copy.flags > 4)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int of_block(struct request *request)
{
	struct request copy;
	__builtin_memcpy(&copy, request, sizeof(copy));
	if (request->flags > 4)
		bpf_preempt_disable();
	if (copy.flags > 4)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int of_a_copy(struct request *request)
{
	struct setting one = setting, other = one;
	if (one.mode)
		bpf_preempt_disable();
	if (other.mode)
		bpf_preempt_enable();
	return 0;
}
