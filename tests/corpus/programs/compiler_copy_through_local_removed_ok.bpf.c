/* A pointer that goes through a struct of the stack comes back as the same value. */
#include "kfuncs.h"
struct box { struct task_struct *task; int kind; };

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct box a = { .task = bpf_task_acquire(task), .kind = 1 }, b;

	b = a;
	if (!a.task)
		return 0;
	bpf_task_release(b.task);
	return 0;
}
