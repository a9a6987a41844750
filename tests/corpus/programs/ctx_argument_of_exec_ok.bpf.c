#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/sched_process_exec")
int BPF_PROG(entry, struct task_struct *p, int old_pid, struct linux_binprm *bprm)
{
	struct task_struct *held = bpf_task_acquire(p);

	if (held)
		bpf_task_release(held);
	return 0;
}
