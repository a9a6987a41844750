/* Each way out of a switch restores interrupts. */
#include "kfuncs.h"

u64 kinds[3];

SEC("xdp")
int sort(struct xdp_md *ctx)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	switch (ctx->ingress_ifindex) {
	case 1:
		kinds[0]++;
		bpf_local_irq_restore(&flags);
		return XDP_DROP;
	case 2:
		kinds[1]++;
		break;
	default:
		kinds[2]++;
	}
	bpf_local_irq_restore(&flags);
	return XDP_PASS;
}
