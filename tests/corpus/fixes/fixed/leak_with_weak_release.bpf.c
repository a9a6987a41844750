//- fix: release-before-exit; declaration: weak
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym __weak;
extern void bpf_task_release(struct task_struct *p) __ksym __weak;

SEC("syscall")
int leak(void *ctx)
{
	struct task_struct *p;

	if (!bpf_ksym_exists(bpf_task_from_pid))
		return 0;
	p = bpf_task_from_pid(1);
	if (!p)
		return 0;
	int ret = p->prio > 100;
	bpf_task_release(p);
	return ret;
}
