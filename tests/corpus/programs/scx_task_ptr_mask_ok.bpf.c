/* sched_ext: the mask of CPUs that a task may use is passed on as it is. */
#include "kfuncs.h"

u64 narrow;

SEC("struct_ops/watch_running")
void BPF_PROG(watch_running, struct task_struct *p)
{
	if (bpf_cpumask_weight(p->cpus_ptr) == 1)
		narrow++;
}

SEC(".struct_ops.link")
struct sched_ext_ops watch_ops = { .running = (void *)watch_running, .name = "watch" };
