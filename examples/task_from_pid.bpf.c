/* Looks a task up by its pid, and gives it back on both ways out. */
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
int describe_task(struct query *query)
{
	struct task_struct *task;
	int err = 0;

	task = bpf_task_from_pid(query->pid);
	if (!task)
		return 3;
	if (task->flags & 0x00200000) {	/* a kernel thread */
		err = 22;
		goto out;
	}
	query->tgid = task->tgid;
	query->prio = task->prio;
out:
	bpf_task_release(task);
	return err;
}
