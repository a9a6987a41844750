/* A static function that is always called with the same constant has that constant inside. */
#include "kfuncs.h"

u64 n;

static __noinline int finish(struct task_struct *p, bool give_back)
{
	n++;
	if (give_back)
		bpf_task_release(p);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	return finish(p, true);
}
