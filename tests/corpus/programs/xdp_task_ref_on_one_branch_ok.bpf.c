/* XDP: the reference exists only on the branch that counts, and is given back there. */
#include "kfuncs.h"

u64 seen, big;

SEC("xdp")
int count(struct xdp_md *ctx)
{
	struct task_struct *p;

	if (ctx->data_end - ctx->data < 1000)
		return XDP_PASS;
	p = bpf_task_from_pid(1);
	if (p) {
		seen += p->pid;
		bpf_task_release(p);
	}
	big++;
	return XDP_PASS;
}
