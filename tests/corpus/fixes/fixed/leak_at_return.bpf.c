//- fix: release-before-exit
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("syscall")
int leak(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p)
		return 0;
	if (p->prio == 7) {
		bpf_task_release(p);
		return 1; /* forgotten */
	}
	bpf_task_release(p);
	return 0;
}
