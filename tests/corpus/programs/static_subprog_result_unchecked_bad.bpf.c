#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

static __noinline struct task_struct *grab(struct task_struct *t)
{
	return bpf_task_acquire(t);
}

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = grab(task);

	bpf_task_release(held);
	return 0;
}
