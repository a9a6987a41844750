#include "own.h"
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

int seen;

__noinline int pid_of(struct task_struct *t __attribute__((btf_decl_tag("arg:trusted"))))
{
	return t->pid;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(in_time, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *t = bpf_task_from_pid(1);

	if (!t)
		return 0;
	seen = pid_of(t);
	bpf_task_release(t);
	seen += pid_of(task);
	return 0;
}
