/* Two pointers change places: clang makes a choice for each, and the verifier takes the two to differ. */
#include "kfuncs.h"

int order;

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *a, *b, *t;

	a = bpf_task_acquire(task);
	if (!a)
		return 0;
	b = bpf_task_from_pid(1);
	if (!b) {
		bpf_task_release(a);
		return 0;
	}
	if (a->pid > b->pid) {
		t = a;
		a = b;
		b = t;
	}
	order = a->pid - b->pid;
	bpf_task_release(a);
	bpf_task_release(b);
	return 0;
}
