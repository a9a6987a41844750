/* What BPF_CORE_READ gives may be read on from by the same means, and a pointer may be kept where nothing was read. */
#include "own.h"

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct pair {
	__u64 first;
	struct task_struct *second;
};

__u64 sink;

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(read_on, struct task_struct *p)
{
	struct task_struct *task = p;
	int i;

	for (i = 0; i < 6; i++) {
		task = BPF_CORE_READ(task, real_parent);
		if (!task)
			break;
		sink += BPF_CORE_READ(task, pid);
	}
	return 0;
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(beside, struct task_struct *p)
{
	struct pair pair = {};

	pair.second = bpf_task_acquire(p);
	if (!pair.second)
		return 0;
	bpf_probe_read_kernel(&pair.first, sizeof(pair.first), p);
	sink = pair.first + pair.second->pid;
	bpf_task_release(pair.second);
	return 0;
}
