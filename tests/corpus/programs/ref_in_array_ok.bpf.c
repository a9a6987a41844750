#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held[2];
	int i;

	held[0] = bpf_task_acquire(task);
	held[1] = bpf_task_acquire(task->real_parent);
	for (i = 0; i < 2; i++)
		if (held[i])
			bpf_task_release(held[i]);
	return 0;
}
