/* A global function's argument is the context of a kprobe where its type is called so, resolved or not. */
#include "own.h"

static long stack[16];

__weak int by_typedef(bpf_user_pt_regs_t *regs)
{
	return bpf_get_stack(regs, stack, sizeof(stack), 0);
}

__weak int by_struct(struct pt_regs *regs)
{
	return bpf_get_stack(regs, stack, sizeof(stack), 0);
}

SEC("kprobe")
int typedef_is_context(struct pt_regs *ctx)
{
	return by_typedef(ctx);
}

SEC("kprobe")
int struct_is_context(struct pt_regs *ctx)
{
	return by_struct(ctx);
}
