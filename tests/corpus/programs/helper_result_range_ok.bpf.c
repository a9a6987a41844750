/* A helper that copies returns no more than the size that it was given. */
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
	if (size <= 16)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int error_of_text(void *ctx)
{
	char text[16];
	long size;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	size = bpf_probe_read_kernel_str(text, sizeof(text), task);
	if (size >= -4095)
		bpf_task_release(task);
	return 0;
}
