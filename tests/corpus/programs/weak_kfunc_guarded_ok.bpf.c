#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern int bpf_no_such_kfunc_at_all(struct task_struct *p) __ksym __weak;

u32 answer;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	if (bpf_ksym_exists(bpf_no_such_kfunc_at_all))
		answer = bpf_no_such_kfunc_at_all(task);
	return 0;
}
