#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u64 failed;

static __noinline int grab(struct task_struct *task, struct task_struct **out)
{
	*out = bpf_task_acquire(task);
	return task->pid & 1;	/* an error, and yet a task */
}

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = NULL;

	if (grab(task, &held)) {
		failed++;
		return 0;
	}
	if (held)
		bpf_task_release(held);
	return 0;
}
