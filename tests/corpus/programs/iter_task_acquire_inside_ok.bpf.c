/* The task of an iterator is kept beyond the loop by a reference. */
#include "kfuncs.h"

int chosen;

SEC("syscall")
int choose(void *ctx)
{
	struct task_struct *t, *best = NULL;
	struct bpf_iter_task it;

	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, NULL, 0);
	while ((t = bpf_iter_task_next(&it))) {
		if (t->prio < 50) {
			best = bpf_task_acquire(t);
			break;
		}
	}
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	if (best) {
		chosen = best->pid;
		bpf_task_release(best);
	}
	return 0;
}
