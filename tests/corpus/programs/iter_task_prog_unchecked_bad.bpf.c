/* The last round of an iterator program has no task. */
#include "kfuncs.h"

SEC("iter/task")
int dump(struct bpf_iter__task *ctx)
{
	struct task_struct *ref = bpf_task_acquire(ctx->task);

	if (!ref)
		return 0;
	bpf_task_release(ref);
	return 0;
}
