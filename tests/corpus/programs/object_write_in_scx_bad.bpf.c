/* sched_ext: of a task only a few members can be written. */
#include "kfuncs.h"

SEC("struct_ops/stop")
void BPF_PROG(stop, struct task_struct *p, bool runnable)
{
	p->flags = 0;
}

SEC(".struct_ops.link")
struct sched_ext_ops own_ops = { .stopping = (void *)stop, .name = "own" };
