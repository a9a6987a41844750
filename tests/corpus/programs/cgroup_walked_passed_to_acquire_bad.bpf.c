#include "own.h"
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *cgrp) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(on_mkdir, struct cgroup *cgrp, const char *path)
{
	struct cgroup *root;

	root = bpf_cgroup_acquire(cgrp->dom_cgrp);
	if (root)
		bpf_cgroup_release(root);
	return 0;
}
