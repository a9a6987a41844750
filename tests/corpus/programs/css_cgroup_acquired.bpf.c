#include "own.h"
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *cgrp) __ksym;
extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;
extern int bpf_iter_css_new(struct bpf_iter_css *it, struct cgroup_subsys_state *start, unsigned int flags) __ksym;
extern struct cgroup_subsys_state *bpf_iter_css_next(struct bpf_iter_css *it) __ksym;
extern void bpf_iter_css_destroy(struct bpf_iter_css *it) __ksym;

u64 held;

/* A walked css leads to its cgroup, which RCU keeps. */
SEC("syscall")
int below(void *ctx)
{
	struct cgroup_subsys_state *pos;
	struct cgroup *root, *one;

	root = bpf_cgroup_from_id(1);
	if (!root)
		return 0;
	bpf_rcu_read_lock();
	bpf_for_each(css, pos, &root->self, BPF_CGROUP_ITER_DESCENDANTS_PRE) {
		one = bpf_cgroup_acquire(pos->cgroup);
		if (!one)
			continue;
		held++;
		bpf_cgroup_release(one);
	}
	bpf_rcu_read_unlock();
	bpf_cgroup_release(root);
	return 0;
}
