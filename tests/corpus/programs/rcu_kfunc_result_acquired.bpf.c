#include "own.h"
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern struct task_struct *scx_bpf_cpu_curr(s32 cpu) __ksym;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

/* The result of a kfunc that wants an RCU section is an RCU pointer. */
SEC("syscall")
int hold(void *ctx)
{
	struct task_struct *running, *held = NULL;

	bpf_rcu_read_lock();
	running = scx_bpf_cpu_curr(0);
	if (running)
		held = bpf_task_acquire(running);
	bpf_rcu_read_unlock();
	if (held)
		bpf_task_release(held);
	return 0;
}
