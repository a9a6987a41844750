/* A value of the program's own goes into a map with kptrs; of one in the map the rest may be a key. */
#include "kfuncs.h"

struct slot {
	struct task_struct __kptr *owner;
	u32 group, hits;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(own_value, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot slot = { .hits = 1 };

	bpf_map_update_elem(&slots, &key, &slot, 0);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(rest_as_key, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (slot)
		bpf_map_delete_elem(&slots, &slot->group);
	return 0;
}
