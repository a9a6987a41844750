/* A relocated member of NULL on the way to a write through NULL, to a read whose value decides, and to one that is stored. */
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct plain { int first, second; };
int seen, count;

SEC("tp_btf/task_newtask")
int to_a_write(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p) {
		seen = p->pid;
		((struct plain *)p)->first = 3;
		return 0;
	}
	bpf_task_release(p);
	return 0;
}

SEC("tp_btf/task_newtask")
int to_a_decision(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p) {
		seen = p->pid;
		if (((struct plain *)p)->first)
			count = 3;
		return 0;
	}
	bpf_task_release(p);
	return 0;
}

SEC("tp_btf/task_newtask")
int nowhere(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p) {
		seen = p->pid;
		return 0;
	}
	bpf_task_release(p);
	return 0;
}
