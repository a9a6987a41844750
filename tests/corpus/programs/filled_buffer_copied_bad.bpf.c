/* After the helper has filled the buffer again, what was copied is another number. */
#include "kfuncs.h"

struct event {
	u64 first, second;
	char name[16];
};

SEC("syscall")
int filled_again(void *ctx)
{
	char name[16];
	u64 copy;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	bpf_get_current_comm(name, sizeof(name));
	__builtin_memcpy(&copy, name, sizeof(copy));
	bpf_get_current_comm(name, sizeof(name));
	if (copy > 7)
		bpf_task_release(task);
	else if (*(u64 *)name <= 7)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int other_number(void *ctx)
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
	else if (copy[1] != 3)
		bpf_task_release(task);
	return 0;
}
