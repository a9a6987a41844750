/* A classic tracepoint: a cgroup by its id, its ancestor, both given back. */
#include "kfuncs.h"

u64 level;

SEC("tp/sched/sched_switch")
int tp(void *ctx)
{
	struct cgroup *cg, *up;

	cg = bpf_cgroup_from_id(bpf_get_current_cgroup_id());
	if (!cg)
		return 0;
	up = bpf_cgroup_ancestor(cg, 1);
	if (up) {
		level = up->level;
		bpf_cgroup_release(up);
	}
	bpf_cgroup_release(cg);
	return 0;
}
