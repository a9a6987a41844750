/* sched_ext: a task's slice is for its scheduler to write. */
#include "kfuncs.h"

struct sched_ext_entity___own { u64 slice, dsq_vtime; } __attribute__((preserve_access_index));
struct task_struct___own { struct sched_ext_entity___own scx; } __attribute__((preserve_access_index));

SEC("struct_ops/stop")
void BPF_PROG(stop, struct task_struct *p, bool runnable)
{
	struct task_struct___own *own = (void *)p;

	own->scx.slice = 1000;
	own->scx.dsq_vtime += 10;
}

SEC(".struct_ops.link")
struct sched_ext_ops own_ops = { .stopping = (void *)stop, .name = "own" };
