/* A builtin of which the compiler knows the answer still makes the calls that stand in it. */
#include "kfuncs.h"

static int released(struct task_struct *task)
{
	bpf_task_release(task);
	return 1;
}
SEC("syscall") int released_in_a_count(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	return __builtin_ctz((released(task) || 1) | 4096);
}
