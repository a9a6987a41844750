/* Regions nest; the inner one ends before the sleepable call comes. */
#include "kfuncs.h"

u64 n;
char text[16];

SEC("syscall")
int run(void *ctx)
{
	bpf_preempt_disable();
	n++;
	bpf_preempt_disable();
	n++;
	bpf_preempt_enable();
	bpf_preempt_enable();
	bpf_copy_from_user_str(text, sizeof(text), (void *)16, 0);
	return 0;
}
