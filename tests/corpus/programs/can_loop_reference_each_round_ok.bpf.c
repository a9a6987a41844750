/* A loop that the kernel bounds: a reference comes and goes in each round. */
#include "kfuncs.h"

u64 found;

SEC("syscall")
int scan(void *ctx)
{
	for (int pid = 1; pid < 30; pid++) {
		struct task_struct *p = bpf_task_from_pid(pid);

		if (!p)
			continue;
		found++;
		bpf_task_release(p);
	}
	return 0;
}
