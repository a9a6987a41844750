#include "kfuncs.h"
/* A pointer in a map's value that is no kptr may be kept and compared, and read through the probe helpers. */
struct slot { struct task_struct *task; u64 hits; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(compare, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	int pid = 0;

	if (!slot)
		return 0;
	if (slot->task == task)
		slot->hits++;
	if (slot->task)
		bpf_probe_read_kernel(&pid, sizeof(pid), &slot->task->pid);
	slot->task = task;
	return pid == 1;
}
