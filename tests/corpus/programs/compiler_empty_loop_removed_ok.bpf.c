/* A loop that does nothing is gone, however often it would go round. */
#include "kfuncs.h"

u64 n;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);
	int sum = 0;

	if (!p)
		return 0;
	for (int i = 0; i < 100000000; i++)
		sum += i;
	n++;
	bpf_task_release(p);
	return 0;
}
