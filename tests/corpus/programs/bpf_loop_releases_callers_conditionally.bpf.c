/* What the caller acquired, released in one round of a callback and forgotten there. 6.12 lets callbacks release only their own. */
#include "own.h"

extern struct task_struct *bpf_task_from_pid(__s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct held {
	struct task_struct *task;
};

static long put_in_fourth(__u32 i, void *data)
{
	struct held *held = data;

	if (held->task && i == 3) {
		bpf_task_release(held->task);
		held->task = NULL;
	}
	return 0;
}

SEC("syscall")
int run(void *ctx)
{
	struct held held = {};

	held.task = bpf_task_from_pid(1);
	if (!held.task)
		return 0;
	bpf_loop(5, put_in_fourth, &held, 0);
	if (held.task)
		bpf_task_release(held.task);
	return 0;
}
