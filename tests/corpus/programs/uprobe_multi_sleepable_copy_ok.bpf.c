/* A sleepable uprobe may fault user memory in. */
#include "kfuncs.h"

char line[64];

SEC("uprobe.multi.s//proc/self/exe:main")
int probe(struct pt_regs *ctx)
{
	char local[32];

	if (bpf_copy_from_user_str(local, sizeof(local), (void *)PT_REGS_PARM1(ctx), 0) < 0)
		return 0;
	__builtin_memcpy(line, local, sizeof(local));
	return 0;
}
