/* perf_event: the sampled task's parent by its number. */
#include "kfuncs.h"

u64 samples;

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	struct task_struct *cur = bpf_get_current_task_btf(), *p;

	p = bpf_task_from_pid(cur->tgid);
	if (!p)
		return 0;
	samples += p->tgid == p->pid;
	bpf_task_release(p);
	return 0;
}
