#include "own.h"
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, u64); } kept SEC(".maps");
u64 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(on_task, struct task_struct *task, u64 clone_flags)
{
	u32 key = 1;
	u64 *p = bpf_map_lookup_elem(&kept, &key);

	if (p)
		seen = ((struct task_struct *)*p)->pid;
	return 0;
}
