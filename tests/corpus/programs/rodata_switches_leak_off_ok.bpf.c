#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

const volatile bool debug = false;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held;

	if (debug) {
		held = bpf_task_acquire(task);	/* dead while debug is false, which the kernel knows */
		if (held)
			return 1;
	}
	return 0;
}
