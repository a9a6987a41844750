#include "own.h"
/* A kptr points to an object's start, not to a place that is known only at run time. */
struct slot { struct task_struct __kptr_untrusted *last; u64 hits; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int BPF_PROG(on_task, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (!slot)
		return 0;
	slot->last = (void *)task + (clone_flags & 0xf8);
	return 0;
}
