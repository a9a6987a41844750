#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u32 pid;

static __noinline void put(struct task_struct *t)
{
	bpf_task_release(t);
}

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	put(held);
	pid = held->pid;
	return 0;
}
