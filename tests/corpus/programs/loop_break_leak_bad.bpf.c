#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

u32 hits;

SEC("syscall")
int entry(void *ctx)
{
	struct task_struct *t;
	int pid;

	for (pid = 1; pid < 8; pid++) {
		t = bpf_task_from_pid(pid);
		if (!t)
			continue;
		if (t->prio > 120) {
			hits++;
			break;
		}
		bpf_task_release(t);
	}
	return 0;
}
