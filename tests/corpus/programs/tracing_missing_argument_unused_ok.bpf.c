#include "own.h"
/* The tracepoint has two arguments; the third is never read, so nothing is loaded. */
u64 seen;
SEC("tp_btf/task_newtask")
int BPF_PROG(look, struct task_struct *task, u64 flags, u64 more)
{
	seen = flags;
	return 0;
}
