#include "own.h"
extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym;
extern struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level) __ksym;
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *cgrp) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;

u64 parent;

SEC("syscall")
int entry(u64 *id)
{
	struct cgroup *cgrp, *up;

	cgrp = bpf_cgroup_from_id(*id);
	if (!cgrp)
		return 2;
	up = bpf_cgroup_ancestor(cgrp, cgrp->level - 1);
	bpf_cgroup_release(cgrp);
	if (!up)
		return 3;
	parent = up->kn->id;
	bpf_cgroup_release(up);
	return 0;
}
