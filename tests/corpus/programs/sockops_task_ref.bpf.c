#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

u64 seen;

/* Kfuncs of cgroup programs where sockets change their state. */
SEC("sockops")
int state(struct bpf_sock_ops *ctx)
{
	struct task_struct *init = bpf_task_from_pid(1);

	if (!init)
		return 1;
	seen++;
	bpf_task_release(init);
	return 1;
}
