/* Keeps a mask of the processors that ran a task in a map, and reads it back under RCU. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask) __ksym;
extern bool bpf_cpumask_test_cpu(u32 cpu, const struct cpumask *cpumask) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

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

u64 returns;

SEC("tp_btf/task_newtask")
int BPF_PROG(start_mask, struct task_struct *task, u64 clone_flags)
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
	bpf_cpumask_set_cpu(bpf_get_smp_processor_id(), mask);
	before = bpf_kptr_xchg(&slot->seen, mask);
	if (before)
		bpf_cpumask_release(before);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(look_at_mask, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask;
	struct slot *slot;
	u32 key = task->tgid & 63;

	slot = bpf_map_lookup_elem(&slots, &key);
	if (!slot)
		return 0;
	bpf_rcu_read_lock();
	mask = slot->seen;
	if (mask && bpf_cpumask_test_cpu(bpf_get_smp_processor_id(), (const struct cpumask *)mask))
		returns++;
	bpf_rcu_read_unlock();
	return 0;
}
