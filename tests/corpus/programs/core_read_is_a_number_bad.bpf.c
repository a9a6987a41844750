/* What BPF_CORE_READ and bpf_probe_read_kernel give is a number, whatever its type says. */
#include "own.h"

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct pair {
	__u64 first;
	struct task_struct *second;
};

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(acquired, struct task_struct *p)
{
	struct task_struct *parent = BPF_CORE_READ(p, real_parent);
	struct task_struct *mine;

	if (!parent)
		return 0;
	mine = bpf_task_acquire(parent);
	if (mine)
		bpf_task_release(mine);
	return 0;
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(followed, struct task_struct *p)
{
	struct task_struct *parent = BPF_CORE_READ(p, real_parent);

	return parent ? parent->pid == 1 : 0;
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(in_struct, struct task_struct *p)
{
	struct pair pair = {};

	bpf_probe_read_kernel(&pair, sizeof(pair), p);
	if (!pair.second)
		return 0;
	return pair.second->pid == 1;
}
