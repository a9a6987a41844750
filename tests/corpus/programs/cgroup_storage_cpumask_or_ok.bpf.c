/* Two masks of one's own are merged into a third, all given back. */
#include "kfuncs.h"

u32 first;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(made, struct cgroup *cgrp, const char *path)
{
	struct bpf_cpumask *a, *b, *both;

	a = bpf_cpumask_create();
	if (!a)
		return 0;
	b = bpf_cpumask_create();
	if (!b)
		goto free_a;
	both = bpf_cpumask_create();
	if (!both)
		goto free_b;
	bpf_cpumask_set_cpu(cgrp->level & 7, a);
	bpf_cpumask_or(both, (const struct cpumask *)a, (const struct cpumask *)b);
	first = bpf_cpumask_any_distribute((const struct cpumask *)both);
	bpf_cpumask_release(both);
free_b:
	bpf_cpumask_release(b);
free_a:
	bpf_cpumask_release(a);
	return 0;
}
