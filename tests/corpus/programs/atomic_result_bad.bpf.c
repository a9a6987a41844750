/* What an atomic leaves in memory the verifier does not know, nor anything of half a slot. */
#include "kfuncs.h"

SEC("syscall")
int other_number(void *ctx)
{
	u64 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__sync_fetch_and_add(&flags, 1) == 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int read_afterwards(void *ctx)
{
	u64 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	__sync_fetch_and_add(&flags, 1);
	if (flags == 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int half_a_slot(void *ctx)
{
	u32 flags = 1;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__sync_fetch_and_add(&flags, 1) == 1)
		bpf_task_release(task);
	return 0;
}
