/* A static function does not look at its argument: the caller passes nothing. */
#include "kfuncs.h"

u64 n;

static __noinline int count(struct task_struct *unused)
{
	return ++n;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	bpf_task_release(p);
	return count(p);
}
