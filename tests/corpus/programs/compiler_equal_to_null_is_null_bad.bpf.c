/* Where a pointer was found to be NULL, the compiler passes the constant. */
#include "kfuncs.h"

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	struct task_struct *parent = bpf_get_current_task_btf()->real_parent, *ref;

	if (parent)
		return 0;
	ref = bpf_task_acquire(parent);
	if (ref)
		bpf_task_release(ref);
	return 0;
}
