/* A reference is held around a walk over a map that does not touch it. */
#include "kfuncs.h"
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, u32); __type(value, u64); } table SEC(".maps");

static long add(struct bpf_map *map, u32 *key, u64 *value, u64 *sum)
{
	*sum += *value;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(total, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);
	u64 sum = 0;

	if (!p)
		return 0;
	bpf_for_each_map_elem(&table, add, &sum, 0);
	if (sum > 100)
		bpf_printk("%d", p->pid);
	bpf_task_release(p);
	return 0;
}
