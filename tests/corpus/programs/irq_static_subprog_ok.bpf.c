/* A static function saves interrupts through its caller's variable. */
#include "kfuncs.h"

u64 n;

static __noinline void enter(unsigned long *flags)
{
	bpf_local_irq_save(flags);
	n++;
}

SEC("syscall")
int run(void *ctx)
{
	unsigned long flags;

	enter(&flags);
	n++;
	bpf_local_irq_restore(&flags);
	return 0;
}
