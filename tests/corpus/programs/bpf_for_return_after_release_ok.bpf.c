#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

SEC("syscall")
int entry(void *ctx)
{
	struct task_struct *t;
	int pid;

	bpf_for(pid, 1, 100) {
		t = bpf_task_from_pid(pid);
		if (!t)
			continue;
		if (t->prio > 120) {
			bpf_task_release(t);
			return pid;	/* the iterator is destroyed on the way out */
		}
		bpf_task_release(t);
	}
	return 0;
}
