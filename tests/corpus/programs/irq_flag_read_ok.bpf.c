/* Once interrupts are restored, their flag is memory as any other; what nobody needs is not read. */
#include "kfuncs.h"

extern void bpf_local_irq_save(unsigned long *flags) __ksym;
extern void bpf_local_irq_restore(unsigned long *flags) __ksym;
unsigned long seen;
SEC("syscall") int never_needed(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	(void)flags;
	bpf_local_irq_restore(&flags);
	return 0;
}
SEC("syscall") int read_afterwards(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	bpf_local_irq_restore(&flags);
	seen = flags;
	return 0;
}
SEC("syscall") int written_afterwards(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	bpf_local_irq_restore(&flags);
	flags = 3;
	seen = flags;
	return 0;
}
