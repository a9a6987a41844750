/* What lies beside a kptr may be written as a block, and so may a kptr that owns nothing; reading takes any of them. */
#include "kfuncs.h"

struct inner {
	struct task_struct __kptr *owner;
	u64 since, until;
};

struct slot {
	u64 hits;
	struct inner inner;
	u32 flags;
};

struct seen {
	u64 hits;
	struct task_struct __kptr_untrusted *last;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct seen);
	__uint(max_entries, 64);
} seens SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(beside, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (!slot)
		return 0;
	__builtin_memset(slot, 0, sizeof(slot->hits));
	__builtin_memset(&slot->inner.since, 0, 2 * sizeof(u64));
	slot->flags = clone_flags;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(copied_out, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key), copy;

	if (!slot)
		return 0;
	copy = *slot;
	return copy.hits + copy.inner.since > 4;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(given_no_value, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key), copy;

	if (!slot)
		return 0;
	copy.hits = clone_flags;
	*slot = copy;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(owns_nothing, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct seen *seen = bpf_map_lookup_elem(&seens, &key);

	if (!seen)
		return 0;
	*seen = (struct seen){ .hits = clone_flags };
	return 0;
}
