#include "own.h"
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

/* A sleepable program follows an RCU pointer where it cannot be preempted. */
SEC("syscall")
int parent(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf(), *found;

	bpf_preempt_disable();
	found = bpf_task_acquire(task->real_parent);
	bpf_preempt_enable();
	if (found)
		bpf_task_release(found);
	return 0;
}
