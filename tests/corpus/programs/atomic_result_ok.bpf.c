/* An atomic on a whole stack slot gives what the slot held. */
#include "kfuncs.h"

SEC("syscall")
int fetched(void *ctx)
{
	u64 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__sync_fetch_and_add(&flags, 1) == 1)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int compared(void *ctx)
{
	u64 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__sync_val_compare_and_swap(&flags, 1, 2) == 1)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int swapped(void *ctx)
{
	u64 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__sync_lock_test_and_set(&flags, 7) == 1)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int added(void *ctx)
{
	u64 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__sync_add_and_fetch(&flags, 7) == 8)
		bpf_task_release(task);
	return 0;
}
