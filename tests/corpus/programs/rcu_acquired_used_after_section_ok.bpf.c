/* What was acquired inside the section may be used after it. */
#include "kfuncs.h"

u64 pids;

SEC("syscall")
int run(void *ctx)
{
	struct task_struct *t = bpf_get_current_task_btf(), *ref;

	bpf_rcu_read_lock();
	ref = bpf_task_acquire(t->real_parent);
	bpf_rcu_read_unlock();
	if (!ref)
		return 0;
	pids += ref->pid;
	bpf_task_release(ref);
	return 0;
}
