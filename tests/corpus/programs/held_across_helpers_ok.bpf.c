#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

char comm[16];

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);
	u64 now;

	if (!held)
		return 0;
	now = bpf_ktime_get_ns();
	bpf_get_current_comm(comm, sizeof(comm));
	bpf_printk("%d at %llu", held->pid, now);
	bpf_task_release(held);
	return 0;
}
