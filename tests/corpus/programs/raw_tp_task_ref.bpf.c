#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u64 seen;

/* Kfuncs of tracing in a raw tracepoint that has no BTF. */
SEC("raw_tp/sched_switch")
int switched(void *ctx)
{
	struct task_struct *init = bpf_task_from_pid(1);

	if (!init)
		return 0;
	seen++;
	bpf_task_release(init);
	return 0;
}
