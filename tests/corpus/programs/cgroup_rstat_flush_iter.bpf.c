/* A sleepable cgroup iterator flushes before it prints. */
#include "kfuncs.h"

SEC("iter.s/cgroup")
int dump(struct bpf_iter__cgroup *ctx)
{
	struct cgroup *cg = ctx->cgroup;

	if (!cg)
		return 0;
	cgroup_rstat_flush(cg);
	return 0;
}
