#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

#define with_task(t, from, body)                                                                                       \
	do {                                                                                                           \
		struct task_struct *t = bpf_task_acquire(from);                                                        \
		if (!t)                                                                                                \
			break;                                                                                         \
		body;                                                                                                  \
		bpf_task_release(t);                                                                                   \
	} while (0)

u64 sum;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	with_task(t, task, sum += t->prio);
	with_task(t, task->real_parent, sum -= t->prio);
	return 0;
}
