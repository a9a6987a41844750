/* Two objects of one type may be the same, or not. */
#include "kfuncs.h"

SEC("syscall")
int two_tasks(void *ctx)
{
	struct task_struct *other;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	other = bpf_task_from_pid(2);
	if (!other) {
		bpf_task_release(task);
		return 0;
	}
	bpf_task_release(other);
	if (other != task)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int earlier_element(void *ctx)
{
	int numbers[4], *first = numbers, *second = &numbers[2];
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (second < first)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int walk_to_unknown_end(void *ctx)
{
	struct task_struct *tasks[3] = {}, **at, **end = (void *)bpf_ktime_get_ns();
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	for (at = tasks; at < end; at++)
		*at = bpf_task_from_pid(at - tasks);
	for (at = tasks; at != end; at++)
		if (*at)
			bpf_task_release(*at);
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int copy_differs(void *ctx)
{
	struct task_struct *copy;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	copy = task;
	if (copy != task)
		bpf_task_release(task);
	return 0;
}
