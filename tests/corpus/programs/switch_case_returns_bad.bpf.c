#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u64 kinds[3];

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	switch (held->prio) {
	case 0 ... 99:
		kinds[0]++;
		break;
	case 120:
		kinds[1]++;
		return 0;
	default:
		kinds[2]++;
	}
	bpf_task_release(held);
	return 0;
}
