#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

#define give_up_if(cond)                                                                                               \
	if (cond)                                                                                                      \
	return 0

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	give_up_if(!held);
	give_up_if(held->flags & 1);
	bpf_task_release(held);
	return 0;
}
