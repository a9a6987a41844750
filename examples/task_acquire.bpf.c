/* Takes a reference to every new task, looks at it, and gives it back. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

char LICENSE[] SEC("license") = "GPL";

u64 thread_leaders;

SEC("tp_btf/task_newtask")
int BPF_PROG(count_leaders, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	if (held->pid == held->tgid)
		thread_leaders++;
	bpf_task_release(held);
	return 0;
}
