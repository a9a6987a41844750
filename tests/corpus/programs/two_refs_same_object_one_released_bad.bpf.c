#include "own.h"
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern struct bpf_cpumask *bpf_cpumask_acquire(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask) __ksym;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask, *again;

	mask = bpf_cpumask_create();
	if (!mask)
		return 0;
	again = bpf_cpumask_acquire(mask);
	bpf_cpumask_set_cpu(1, again);
	bpf_cpumask_release(mask);
	return 0;
}
