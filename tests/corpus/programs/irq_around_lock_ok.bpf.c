/* Interrupts are off around a counter that a helper reads later. */
#include "kfuncs.h"

u64 n;

SEC("tc")
int cls(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	n += skb->len;
	bpf_local_irq_restore(&flags);
	return bpf_get_prandom_u32() & 1;
}
