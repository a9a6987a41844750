/* LSM: the task that a hook is about is kept and given back on three ways out. */
#include "kfuncs.h"

u64 killed;

SEC("lsm/task_kill")
int BPF_PROG(kill, struct task_struct *p, struct kernel_siginfo *info, int sig, const struct cred *cred)
{
	struct task_struct *ref = bpf_task_acquire(p);

	if (!ref)
		return 0;
	if (sig == 9) {
		killed++;
		goto out;
	}
	if (ref->pid == 1) {
		bpf_task_release(ref);
		return -1;
	}
out:
	bpf_task_release(ref);
	return 0;
}
