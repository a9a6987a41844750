/* Tries three pids; the loop ends with one reference or with none. */
#include "kfuncs.h"

u64 found;

SEC("tracepoint/sched/sched_wakeup")
int tp(void *ctx)
{
	struct task_struct *p = NULL;

	for (int i = 0; i < 3; i++) {
		p = bpf_task_from_pid(100 + i);
		if (p)
			break;
	}
	if (!p)
		return 0;
	found++;
	bpf_task_release(p);
	return 0;
}
