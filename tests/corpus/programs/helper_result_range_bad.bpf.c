/* It may return less, and all of it. */
#include "kfuncs.h"

SEC("syscall")
int size_of_text(void *ctx)
{
	char text[16];
	long size;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	size = bpf_probe_read_kernel_str(text, sizeof(text), task);
	if (size <= 15)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int size_is_positive(void *ctx)
{
	char text[16];
	long size;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	size = bpf_probe_read_kernel_str(text, sizeof(text), task);
	if (size > 0)
		bpf_task_release(task);
	return 0;
}
