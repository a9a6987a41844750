/* Copies of one pointer are equal, and places in one object have an order. */
#include "kfuncs.h"

SEC("syscall")
int copy_is_equal(void *ctx)
{
	struct task_struct *copy;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	copy = task;
	if (copy == task)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int copy_or_null(void *ctx)
{
	struct task_struct *best = NULL;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (bpf_get_prandom_u32())
		best = task;
	if (!best || best == task)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int later_element(void *ctx)
{
	int numbers[4], *first = numbers, *second = &numbers[2];
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (second > first)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int two_locals(void *ctx)
{
	int first, second;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (&first != &second)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int walk_to_the_end(void *ctx)
{
	int numbers[3] = {1, 2, 3}, sum = 0, *at;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	for (at = numbers; at < numbers + 3; at++)
		sum += *at;
	if (sum == 6)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int walk_over_tasks(void *ctx)
{
	struct task_struct *tasks[2] = {}, **at;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	for (at = tasks; at < tasks + 2; at++)
		*at = bpf_task_from_pid(3);
	if (tasks[0])
		bpf_task_release(tasks[0]);
	if (tasks[1])
		bpf_task_release(tasks[1]);
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int negative_is_large(void *ctx)
{
	int number = -1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (number > sizeof(int))
		bpf_task_release(task);
	return 0;
}
