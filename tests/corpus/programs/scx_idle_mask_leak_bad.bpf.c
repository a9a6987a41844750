/* sched_ext: a path returns with the borrowed mask. */
#include "kfuncs.h"
extern const struct cpumask *scx_bpf_get_idle_cpumask(void) __ksym;
extern void scx_bpf_put_idle_cpumask(const struct cpumask *idle_mask) __ksym;

SEC("struct_ops/pick_cpu")
s32 BPF_PROG(pick_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	const struct cpumask *idle = scx_bpf_get_idle_cpumask();

	if (bpf_cpumask_test_cpu(prev_cpu, idle))
		return prev_cpu;
	scx_bpf_put_idle_cpumask(idle);
	return 0;
}

SEC(".struct_ops.link")
struct sched_ext_ops idle_ops = { .select_cpu = (void *)pick_cpu, .name = "idle" };
