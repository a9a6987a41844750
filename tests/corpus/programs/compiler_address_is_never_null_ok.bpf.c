/* The address of a member is never NULL: the path behind the check is not there. */
#include "kfuncs.h"

u64 n;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	if (!&p->comm)
		return 0;
	n++;
	bpf_task_release(p);
	return 0;
}
