#include "own.h"
extern struct task_struct *scx_bpf_cpu_curr(s32 cpu) __ksym;

u32 pid;

/* A sleepable program looks at what runs on a CPU without an RCU section. */
SEC("syscall")
int look(void *ctx)
{
	struct task_struct *running = scx_bpf_cpu_curr(0);

	if (running)
		pid = running->pid;
	return 0;
}
