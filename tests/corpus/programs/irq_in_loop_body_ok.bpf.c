/* Interrupts are switched off and on in each round of an open-coded loop. */
#include "kfuncs.h"

u64 n;

SEC("tp/sched/sched_switch")
int tp(void *ctx)
{
	struct bpf_iter_num it;
	unsigned long flags;
	int *i;

	bpf_iter_num_new(&it, 0, 10);
	while ((i = bpf_iter_num_next(&it))) {
		bpf_local_irq_save(&flags);
		n += *i;
		bpf_local_irq_restore(&flags);
	}
	bpf_iter_num_destroy(&it);
	return 0;
}
