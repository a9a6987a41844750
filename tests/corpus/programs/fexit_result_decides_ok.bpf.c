/* fexit: whether a reference is taken depends on what the function returned. */
#include "kfuncs.h"

u64 failures;

SEC("fexit/bpf_fentry_test1")
int BPF_PROG(after, int a, int ret)
{
	struct task_struct *p = NULL;

	if (ret > 0)
		p = bpf_task_from_pid(ret);
	if (ret <= 0)
		failures++;
	if (p)
		bpf_task_release(p);
	return 0;
}
