#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern struct bpf_cpumask *bpf_cpumask_acquire(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask) __ksym;

u64 done;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *mask;
	struct task_struct *held;

	mask = bpf_cpumask_create();
	if (!mask)
		goto out;
	held = bpf_task_acquire(task);
	if (!held)
		goto put_mask;
	if (held->flags & 1)
		goto put_task;
	bpf_cpumask_set_cpu(0, mask);
	done++;
put_task:
	bpf_task_release(held);
put_mask:
	bpf_cpumask_release(mask);
out:
	return 0;
}
