/* A tracepoint's text is a number to the verifier. */
#include "kfuncs.h"

u64 seen;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(read, struct cgroup *cgrp, const char *path)
{
	seen += *path;
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(given, struct cgroup *cgrp, const char *path)
{
	bpf_cpumask_release((void *)path);
	return 0;
}
