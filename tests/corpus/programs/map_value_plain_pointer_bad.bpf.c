#include "kfuncs.h"
/* A pointer in a map's value that is no kptr is a number when it is read again. */
struct slot { struct task_struct *task; u64 hits; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(follow, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (!slot || !slot->task)
		return 0;
	slot->hits += slot->task->pid;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(acquire, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	struct task_struct *kept;

	if (!slot || !slot->task)
		return 0;
	kept = bpf_task_acquire(slot->task);
	if (kept)
		bpf_task_release(kept);
	return 0;
}
