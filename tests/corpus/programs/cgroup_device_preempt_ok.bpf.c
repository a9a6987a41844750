/* A device program: the region is left before the verdict is computed. */
#include "kfuncs.h"

u64 reads;

SEC("cgroup/dev")
int dev(struct bpf_cgroup_dev_ctx *ctx)
{
	u32 major;

	bpf_preempt_disable();
	reads++;
	major = ctx->major;
	bpf_preempt_enable();
	return major != 1;
}
