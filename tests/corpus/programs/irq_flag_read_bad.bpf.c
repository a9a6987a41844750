/* What is saved of interrupts is for the call that restores them, and no number. */
#include "kfuncs.h"

extern void bpf_local_irq_save(unsigned long *flags) __ksym;
extern void bpf_local_irq_restore(unsigned long *flags) __ksym;
unsigned long seen;
SEC("syscall") int stored(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	seen = flags;
	bpf_local_irq_restore(&flags);
	return 0;
}
SEC("syscall") int tested(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	if (flags & 512)
		seen++;
	bpf_local_irq_restore(&flags);
	return 0;
}
SEC("syscall") int printed(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	bpf_printk("%lx", flags);
	bpf_local_irq_restore(&flags);
	return 0;
}
SEC("syscall") int half_read(void *ctx)
{
	unsigned long flags;
	bpf_local_irq_save(&flags);
	seen = *(u32 *)&flags;
	bpf_local_irq_restore(&flags);
	return 0;
}
