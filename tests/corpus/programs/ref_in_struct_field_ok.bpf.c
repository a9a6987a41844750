#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct holder {
	int uses;
	struct task_struct *task;
};

u32 pid;

static __noinline void read_holder(struct holder *h)
{
	if (h->task)
		pid = h->task->pid;
	h->uses++;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct holder h = {};

	h.task = bpf_task_acquire(task);
	read_holder(&h);
	if (h.task)
		bpf_task_release(h.task);
	return h.uses - 1;
}
