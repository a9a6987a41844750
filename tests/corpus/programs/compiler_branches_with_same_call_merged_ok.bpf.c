/* Both branches release; the compiler makes one call of it with the pointer that was chosen. */
#include "kfuncs.h"

u64 odd, even;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p = bpf_task_acquire(task);

	if (!p)
		return 0;
	if (flags & 1) {
		odd++;
		bpf_task_release(p);
	} else {
		even++;
		bpf_task_release(p);
	}
	return 0;
}
