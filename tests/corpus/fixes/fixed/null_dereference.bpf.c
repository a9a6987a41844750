//- fix: null-check
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("syscall")
int unchecked(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);
	int prio;

	if (!p)
		return 0;
	prio = p->prio;
	bpf_task_release(p);
	return prio == 7;
}
