/* A value with a kptr in it is handed to a map's helpers as plain memory. */
#include "kfuncs.h"

struct slot {
	struct task_struct __kptr *owner;
	u64 hits;
};

struct seen {
	struct task_struct __kptr_untrusted *last;
	u64 hits;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u64);
	__type(value, struct seen);
	__uint(max_entries, 64);
} seens SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(as_value, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid, other = task->pid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (slot)
		bpf_map_update_elem(&slots, &other, slot, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(as_value_that_owns_nothing, struct task_struct *task, u64 clone_flags)
{
	u64 key = task->tgid, other = task->pid;
	struct seen *seen = bpf_map_lookup_elem(&seens, &key);

	if (seen)
		bpf_map_update_elem(&seens, &other, seen, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(as_key, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (slot)
		bpf_map_delete_elem(&seens, &slot->owner);
	return 0;
}
