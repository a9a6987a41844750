//- fix: release-before-exit
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
int seen;

SEC("syscall")
int leak(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (p)
		seen = p->prio;
	return 0;
}
