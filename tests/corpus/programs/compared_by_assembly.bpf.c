/* A comparison that is written as a jump tells the verifier as much as any. */
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

#define unlikely_above(number, limit)                                                                                            \
	({                                                                                                                       \
		__label__ yes;                                                                                                   \
		bool answer = true;                                                                                              \
		asm volatile goto(                                                                                               \
		    "if %[left] > %[right] goto %l[yes]" ::[left] "r"((short)0 + (number)), [right] "i"(limit)::yes);            \
		answer = false;                                                                                                  \
	yes:                                                                                                                     \
		answer;                                                                                                          \
	})
SEC("syscall") int then_compared(struct request *request)
{
	u64 id = request->id;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (unlikely_above(id, 10)) {
		bpf_task_release(task);
		return 0;
	}
	if (id > 10)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int twice(struct request *request)
{
	u64 id = request->id;
	if (unlikely_above(id, 3))
		bpf_preempt_disable();
	seen++;
	if (unlikely_above(id, 3))
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int with_another_limit(struct request *request)
{
	u64 id = request->id;
	if (unlikely_above(id, 3))
		bpf_preempt_disable();
	seen++;
	if (unlikely_above(id, 4))
		bpf_preempt_enable();
	return 0;
}
