/* task_acquire.bpf.c with its three usual mistakes. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

char LICENSE[] SEC("license") = "GPL";

u64 thread_leaders;
u64 last_pid;

SEC("tp_btf/task_newtask")
int BPF_PROG(forgets_release, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	if (held->pid != held->tgid)
		return 0;	/* leaves with the reference */
	thread_leaders++;
	bpf_task_release(held);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(forgets_null_check, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	bpf_task_release(held);	/* the acquire may have failed */
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(releases_twice, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	last_pid = held->pid;
	bpf_task_release(held);
	bpf_task_release(held);	/* not ours any more */
	return 0;
}
