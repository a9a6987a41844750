/* A sleepable call between save and restore. */
#include "kfuncs.h"

char text[8];

SEC("syscall")
int run(void *ctx)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	bpf_copy_from_user_str(text, sizeof(text), (void *)8, 0);
	bpf_local_irq_restore(&flags);
	return 0;
}
