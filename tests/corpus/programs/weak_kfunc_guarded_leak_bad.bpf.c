#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym __weak;
extern void bpf_task_release(struct task_struct *p) __ksym __weak;
extern void bpf_no_such_kfunc_at_all(struct task_struct *p) __ksym __weak;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	if (bpf_ksym_exists(bpf_no_such_kfunc_at_all))
		bpf_task_release(held);	/* never: the kernel lacks the other one */
	return 0;
}
