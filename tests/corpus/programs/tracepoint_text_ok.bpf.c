#include "kfuncs.h"

char name[16];

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(made, struct cgroup *cgrp, const char *path)
{
	if (path)
		bpf_probe_read_kernel_str(name, sizeof(name), path);
	return 0;
}
