/* A classic tracepoint: a mask that lives for one call. */
#include "kfuncs.h"

u64 weight;

SEC("tracepoint/sched/sched_wakeup")
int tp(void *ctx)
{
	struct bpf_cpumask *m = bpf_cpumask_create();

	if (!m)
		return 0;
	bpf_cpumask_set_cpu(bpf_get_smp_processor_id(), m);
	bpf_cpumask_set_cpu(0, m);
	weight = bpf_cpumask_weight((const struct cpumask *)m);
	bpf_cpumask_release(m);
	return 0;
}
