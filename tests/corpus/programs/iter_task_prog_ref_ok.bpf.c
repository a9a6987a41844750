/* An iterator program over tasks acquires the one it is given. */
#include "kfuncs.h"

u64 n;

SEC("iter/task")
int dump(struct bpf_iter__task *ctx)
{
	struct task_struct *p = ctx->task, *ref;

	if (!p)
		return 0;
	ref = bpf_task_acquire(p);
	if (!ref)
		return 0;
	n += ref->prio;
	bpf_task_release(ref);
	return 0;
}
