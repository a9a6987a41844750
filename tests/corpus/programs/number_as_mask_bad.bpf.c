/* A kfunc that takes a struct of plain numbers takes memory; what was given away, or is a number, is none. */
#include "kfuncs.h"

u32 first;
u64 address;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(given_away, struct cgroup *cgrp, const char *path)
{
	struct bpf_cpumask *m = bpf_cpumask_create();

	if (!m)
		return 0;
	bpf_cpumask_release(m);
	first = bpf_cpumask_first((const struct cpumask *)m);
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(a_number, struct cgroup *cgrp, const char *path)
{
	first = bpf_cpumask_first((const struct cpumask *)address);
	return 0;
}
