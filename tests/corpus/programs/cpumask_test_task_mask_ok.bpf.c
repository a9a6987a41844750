#include "own.h"
extern bool bpf_cpumask_test_cpu(u32 cpu, const struct cpumask *cpumask) __ksym;
u64 hits;

SEC("tp_btf/task_newtask")
int BPF_PROG(look, struct task_struct *task, u64 clone_flags)
{
	if (bpf_cpumask_test_cpu(0, task->cpus_ptr))
		hits++;
	return 0;
}
