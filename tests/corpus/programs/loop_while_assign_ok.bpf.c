#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

SEC("syscall")
int entry(void *ctx)
{
	struct task_struct *t;
	int pid = 1, tries = 0;

	while ((t = bpf_task_from_pid(pid))) {
		pid = t->tgid + 1;
		bpf_task_release(t);
		if (++tries == 4)
			break;
	}
	return 0;
}
