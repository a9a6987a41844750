/* A store that nobody reads does not keep the reference: it is lost where its variable ends. */
#include "kfuncs.h"

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *kept[2] = {};

	kept[0] = bpf_task_acquire(task);
	return 0;
}
