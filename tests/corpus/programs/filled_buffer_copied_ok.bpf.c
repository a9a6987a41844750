/* A number copied out of a buffer that a helper filled stays one number. */
#include "kfuncs.h"

struct event {
	u64 first, second;
	char name[16];
};

SEC("syscall")
int copied_member(void *ctx)
{
	struct event event;
	u64 copy;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	bpf_get_current_comm(&event, sizeof(event));
	__builtin_memcpy(&copy, &event.second, sizeof(copy));
	if (copy == 3)
		bpf_task_release(task);
	else if (event.second != 3)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int copied_characters(void *ctx)
{
	char name[16];
	u64 copy;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	bpf_get_current_comm(name, sizeof(name));
	__builtin_memcpy(&copy, name, sizeof(copy));
	if (copy > 7)
		bpf_task_release(task);
	else if (copy <= 7)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int read_in_place(void *ctx)
{
	char name[16];
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	bpf_get_current_comm(name, sizeof(name));
	if (*(u64 *)name > 7)
		bpf_task_release(task);
	else if (*(u64 *)name <= 7)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int copied_whole(void *ctx)
{
	char name[16];
	u64 copy[2];
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	bpf_get_current_comm(name, sizeof(name));
	__builtin_memcpy(copy, name, sizeof(copy));
	if (copy[0] == 3)
		bpf_task_release(task);
	else if (copy[0] != 3)
		bpf_task_release(task);
	return 0;
}
