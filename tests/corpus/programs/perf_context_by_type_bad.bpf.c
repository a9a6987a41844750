/* The registers are the context of a kprobe only: to a perf event's program they are memory, which its context is not. */
#include "own.h"

__weak int by_struct(struct pt_regs *regs)
{
	return regs ? regs->ip : 0;
}

SEC("perf_event")
int struct_is_no_context(struct bpf_perf_event_data *ctx)
{
	return by_struct((void *)ctx);
}
