#include "own.h"
extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym;
extern struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level) __ksym;
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *cgrp) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;

SEC("syscall")
int entry(u64 *id)
{
	struct cgroup *cgrp;

	cgrp = bpf_cgroup_from_id(*id);
	if (!cgrp)
		return 2;
	cgrp = bpf_cgroup_ancestor(cgrp, 1);
	if (!cgrp)
		return 3;
	bpf_cgroup_release(cgrp);
	return 0;
}
