/* Of the bytes of a constant only those are known that were copied, and as what they are. */
#include "kfuncs.h"

struct row {
	int id, count;
	char name[8];
};

static const struct row row = {3, 4, "first"};

SEC("syscall")
int character_of_literal(void *ctx)
{
	const char *text = "abc";
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (text[0] == 'b')
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int array_from_literal(void *ctx)
{
	char text[8] = "ab";
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (text[1] != 'b')
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int struct_copied(void *ctx)
{
	struct row copy = row;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (copy.count != 4)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int struct_copied_and_changed(void *ctx)
{
	struct row copy = row;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	copy.count = bpf_get_prandom_u32();
	if (copy.count == 4)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int chosen_literal(void *ctx)
{
	const char *text = bpf_get_prandom_u32() ? "yes" : "no";
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (text[0] == 'y')
		bpf_task_release(task);
	return 0;
}
