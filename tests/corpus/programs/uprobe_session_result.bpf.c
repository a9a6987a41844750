#include "own.h"

/* A session's program answers with 0 or 1, whether its return half runs; before there were sessions nobody asked. */
SEC("uprobe.session//proc/self/exe:main")
int answer(struct pt_regs *ctx)
{
	return 2;
}

SEC("uprobe.session.s//proc/self/exe:main")
int answer_sleepable(struct pt_regs *ctx)
{
	return 2;
}

/* Sessions of kprobes are older. */
SEC("kprobe.session/do_nanosleep")
int answer_in_kernel(struct pt_regs *ctx)
{
	return 2;
}

SEC("kprobe.session/do_nanosleep")
int answer_in_range(struct pt_regs *ctx)
{
	return 1;
}
