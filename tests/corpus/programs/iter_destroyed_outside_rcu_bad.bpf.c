/* The section ends after the loop, and before the iterator does. */
#include "kfuncs.h"

u64 groups;

SEC("syscall")
int walk(void *ctx)
{
	struct cgroup_subsys_state *pos;
	struct bpf_iter_css it;
	struct cgroup *cg;

	cg = bpf_cgroup_from_id(1);
	if (!cg)
		return 0;
	bpf_rcu_read_lock();
	bpf_iter_css_new(&it, &cg->self, 1);
	while ((pos = bpf_iter_css_next(&it)))
		groups++;
	bpf_rcu_read_unlock();
	bpf_iter_css_destroy(&it);
	bpf_cgroup_release(cg);
	return 0;
}
