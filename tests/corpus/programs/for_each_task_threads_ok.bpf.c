/* The threads of one process, from a sleepable program inside an RCU section. */
#include "kfuncs.h"

u64 threads;

SEC("syscall")
int count(void *ctx)
{
	struct bpf_iter_task it;
	struct task_struct *t;

	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, bpf_get_current_task_btf(), 1);
	while ((t = bpf_iter_task_next(&it))) {
		if (t->exit_state)
			continue;
		threads++;
	}
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	return 0;
}
