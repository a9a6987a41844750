/* Two saves restored inside out. */
#include "kfuncs.h"

u64 n;

SEC("raw_tp/sched_switch")
int tp(void *ctx)
{
	unsigned long outer, inner;

	bpf_local_irq_save(&outer);
	n++;
	bpf_local_irq_save(&inner);
	n++;
	bpf_local_irq_restore(&inner);
	n++;
	bpf_local_irq_restore(&outer);
	return 0;
}
