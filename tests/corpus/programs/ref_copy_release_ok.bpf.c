#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u32 pid;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held, *alias;

	held = bpf_task_acquire(task);
	alias = held;
	if (!alias)
		return 0;
	pid = held->pid;	/* the check of the copy counts for both */
	bpf_task_release(alias);
	return 0;
}
