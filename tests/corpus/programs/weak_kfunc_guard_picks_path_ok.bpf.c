#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym __weak;
extern void bpf_task_release(struct task_struct *p) __ksym __weak;

u32 pid;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held;

	if (!bpf_ksym_exists(bpf_task_acquire) || !bpf_ksym_exists(bpf_task_release)) {
		pid = task->pid;
		return 0;
	}
	held = bpf_task_acquire(task);
	if (!held)
		return 0;
	pid = held->pid;
	bpf_task_release(held);
	return 0;
}
