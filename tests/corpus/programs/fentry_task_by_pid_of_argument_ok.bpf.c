/* fentry: an argument's number may be read, and the task be found again by it. */
#include "kfuncs.h"

char comm[16];

SEC("fentry/wake_up_new_task")
int BPF_PROG(born, struct task_struct *p)
{
	struct task_struct *ref = bpf_task_from_pid(p->pid);

	if (!ref)
		return 0;
	bpf_probe_read_kernel_str(comm, sizeof(comm), ref->comm);
	bpf_task_release(ref);
	return 0;
}
