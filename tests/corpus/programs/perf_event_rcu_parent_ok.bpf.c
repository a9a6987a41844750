/* perf_event: never sleeps, so a field that RCU protects may be followed and acquired; the result may be NULL. */
#include "kfuncs.h"

u64 adopted;

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	struct task_struct *cur = bpf_get_current_task_btf(), *parent, *ref;

	parent = cur->real_parent;
	if (!parent)
		return 0;
	ref = bpf_task_acquire(parent);
	if (!ref)
		return 0;
	adopted += ref->pid == 1;
	bpf_task_release(ref);
	return 0;
}
