/* An error leaves through a label that closes the section. */
#include "kfuncs.h"

u64 pids;

SEC("syscall")
int run(void *ctx)
{
	struct task_struct *t = bpf_get_current_task_btf(), *parent, *ref;
	int ret = 0;

	bpf_rcu_read_lock();
	parent = t->real_parent;
	if (!parent) {
		ret = -1;
		goto out;
	}
	ref = bpf_task_acquire(parent);
	if (!ref)
		goto out;
	pids += ref->pid;
	bpf_task_release(ref);
out:
	bpf_rcu_read_unlock();
	return ret;
}
