/* Known bytes are compared and measured by the compiler. */
#include "kfuncs.h"

SEC("syscall")
int compared(void *ctx)
{
	u8 first[2] = {1, 2}, second[2] = {1, 2};
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!__builtin_memcmp(first, second, 2))
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int measured(void *ctx)
{
	char text[8] = {'a', 'b'};
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (__builtin_strlen(text) == 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int text_compared(void *ctx)
{
	char text[8] = "ab";
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!__builtin_strcmp(text, "ab"))
		bpf_task_release(task);
	return 0;
}
