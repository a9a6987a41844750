/* sched_ext: the mask of idle CPUs is borrowed, looked at and given back. */
#include "kfuncs.h"
extern const struct cpumask *scx_bpf_get_idle_cpumask(void) __ksym;
extern void scx_bpf_put_idle_cpumask(const struct cpumask *idle_mask) __ksym;

SEC("struct_ops/pick_cpu")
s32 BPF_PROG(pick_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	const struct cpumask *idle = scx_bpf_get_idle_cpumask();
	s32 cpu = prev_cpu;

	if (!bpf_cpumask_test_cpu(prev_cpu, idle))
		cpu = bpf_cpumask_first(idle);
	scx_bpf_put_idle_cpumask(idle);
	return cpu;
}

SEC(".struct_ops.link")
struct sched_ext_ops idle_ops = { .select_cpu = (void *)pick_cpu, .name = "idle" };
