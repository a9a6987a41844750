#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int entry(u64 *ctx)
{
	struct task_struct *held = bpf_task_acquire((struct task_struct *)ctx[0]);

	if (held)
		bpf_task_release(held);
	return 0;
}
