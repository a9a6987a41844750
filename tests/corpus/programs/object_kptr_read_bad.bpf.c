#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
struct holder { u64 v; struct task_struct __kptr *task; };
u64 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(keep, struct task_struct *task, u64 clone_flags)
{
	struct holder *h = obj_new(struct holder);

	if (!h)
		return 0;
	if (h->task && task->pid > 1)
		seen++;
	obj_drop(h);
	return 0;
}
