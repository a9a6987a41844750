/* cpumask_kptr.bpf.c with the mask lost at each of its three owners: the program, the map, and nobody. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask) __ksym;

char LICENSE[] SEC("license") = "GPL";

struct slot {
	struct bpf_cpumask __kptr *seen;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(no_slot_no_release, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask, *before;
	struct slot *slot;
	u32 key = task->tgid & 63;

	mask = bpf_cpumask_create();
	if (!mask)
		return 0;
	slot = bpf_map_lookup_elem(&slots, &key);
	if (!slot)
		return 0;	/* the mask is still ours */
	before = bpf_kptr_xchg(&slot->seen, mask);
	if (before)
		bpf_cpumask_release(before);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(old_mask_dropped, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask;
	struct slot *slot;
	u32 key = task->tgid & 63;

	slot = bpf_map_lookup_elem(&slots, &key);
	if (!slot)
		return 0;
	mask = bpf_cpumask_create();
	if (!mask)
		return 0;
	mask = bpf_kptr_xchg(&slot->seen, mask);	/* what comes back is ours now */
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(set_after_store, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask, *before;
	struct slot *slot;
	u32 key = task->tgid & 63;

	slot = bpf_map_lookup_elem(&slots, &key);
	if (!slot)
		return 0;
	mask = bpf_cpumask_create();
	if (!mask)
		return 0;
	before = bpf_kptr_xchg(&slot->seen, mask);
	if (before)
		bpf_cpumask_release(before);
	bpf_cpumask_release(mask);	/* the map owns it now */
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(unchecked_mask, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();

	bpf_cpumask_set_cpu(0, mask);	/* the allocation may have failed */
	bpf_cpumask_release(mask);
	return 0;
}
