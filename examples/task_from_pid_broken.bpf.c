/* task_from_pid.bpf.c with a way out that forgets the reference, and one that does not look at the result. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

char LICENSE[] SEC("license") = "GPL";

struct query {
	s32 pid;
	s32 tgid;
	s32 prio;
};

SEC("syscall")
int forgets_kernel_threads(struct query *query)
{
	struct task_struct *task;

	task = bpf_task_from_pid(query->pid);
	if (!task)
		return 3;
	if (task->flags & 0x00200000)
		return 22;	/* the reference stays behind */
	query->tgid = task->tgid;
	query->prio = task->prio;
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int trusts_every_pid(struct query *query)
{
	struct task_struct *task;

	task = bpf_task_from_pid(query->pid);
	query->tgid = task->tgid;	/* there may be no such task */
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int reads_after_release(struct query *query)
{
	struct task_struct *task;

	task = bpf_task_from_pid(query->pid);
	if (!task)
		return 3;
	bpf_task_release(task);
	query->prio = task->prio;	/* given back one line above */
	return 0;
}
