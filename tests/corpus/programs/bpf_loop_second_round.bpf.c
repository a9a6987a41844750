/* A callback's second round begins with what its first one left behind, as long as there is a second round. */
#include "own.h"

extern struct task_struct *bpf_task_from_pid(__s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct sum {
	__u64 total;
	__u32 limit;
	bool is_full;
};

static long add_until_full(__u32 i, void *data)
{
	struct sum *sum = data;
	struct task_struct *task = bpf_task_from_pid(i);

	if (!task)
		return 0;
	if (sum->total > sum->limit)
		return 1;
	sum->total += task->prio;
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int many(void *ctx)
{
	struct sum sum = { .limit = 10 };

	bpf_loop(50, add_until_full, &sum, 0);
	return 0;
}

static long forget_second(__u32 i, void *data)
{
	struct sum *sum = data;
	struct task_struct *task = bpf_task_from_pid(i);

	if (!task)
		return 0;
	if (sum->is_full)
		return 1;
	sum->is_full = true;
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int once(void *ctx)
{
	struct sum sum = {};

	bpf_loop(1, forget_second, &sum, 0);
	return 0;
}

SEC("syscall")
int twice(void *ctx)
{
	struct sum sum = {};

	bpf_loop(2, forget_second, &sum, 0);
	return 0;
}

static long count_to_three(__u32 i, void *data)
{
	struct sum *sum = data;
	struct task_struct *task;

	if (sum->total == 3)
		return 1;
	sum->total++;
	task = bpf_task_from_pid(i);
	if (!task)
		return 0;
	if (sum->total < 4)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int counted(void *ctx)
{
	struct sum sum = {};

	bpf_loop(1000, count_to_three, &sum, 0);
	return 0;
}
