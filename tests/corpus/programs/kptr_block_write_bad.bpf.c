/* A value is written whole, and the kptr in it with it: only bpf_kptr_xchg changes what owns something. */
#include "kfuncs.h"

struct inner {
	struct task_struct __kptr *owner;
	u64 since;
};

struct slot {
	u64 hits;
	struct inner inner;
	u32 flags;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

struct plain {
	u64 words[8];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, u32);
	__type(value, struct plain);
	__uint(max_entries, 1);
} plains SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(filled, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (slot)
		__builtin_memset(slot, 0, sizeof(*slot));
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(emptied, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (slot)
		*slot = (struct slot){};
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(member_assigned, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	struct inner none = { .since = clone_flags };

	if (slot)
		slot->inner = none;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(assigned_from_another, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid, parent = task->pid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key), *other = bpf_map_lookup_elem(&slots, &parent);

	if (slot && other)
		*slot = *other;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(copied_over, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid, first = 0;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	struct plain *plain = bpf_map_lookup_elem(&plains, &first);

	if (slot && plain)
		__builtin_memcpy(slot, plain, sizeof(*slot));
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(filled_in_part, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (slot)
		__builtin_memset(slot, 0, 12);
	return 0;
}
