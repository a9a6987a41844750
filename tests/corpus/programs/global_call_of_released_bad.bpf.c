#include "own.h"
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

struct job { struct bpf_list_node node; u64 n; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head queue owns(job, node);
int seen;

/* What was given away is passed on to a function that is verified apart: an object, and memory. */
__noinline int pid_of(struct task_struct *t __attribute__((btf_decl_tag("arg:trusted"))))
{
	return t->pid;
}

__noinline int size_of(const u64 *n __attribute__((btf_decl_tag("arg:nonnull"))))
{
	return *n;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(released, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *t = bpf_task_from_pid(1);

	if (!t)
		return 0;
	bpf_task_release(t);
	seen = pid_of(t);
	return 0;
}

SEC("tc")
int dropped(struct __sk_buff *skb)
{
	struct job *j = obj_new(struct job);

	if (!j)
		return 0;
	obj_drop(j);
	return size_of(&j->n);
}
