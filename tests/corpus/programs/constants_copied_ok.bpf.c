/* The bytes of string literals and of constants are known, where they lie and where they are copied to. */
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
	if (text[0] == 'a')
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
	if (text[1] == 'b')
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int rest_of_array_is_zero(void *ctx)
{
	char text[8] = "ab";
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (text[5] == 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int long_array(void *ctx)
{
	char text[] = "a longer string than eight bytes";
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (text[17] == 'h')
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int copied_by_builtin(void *ctx)
{
	char text[16];
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	__builtin_memcpy(text, "0123456789abcdef", 16);
	if (text[10] == 'a')
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
	if (copy.count == 4)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int name_in_struct_copied(void *ctx)
{
	struct row copy = row;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (copy.name[1] == 'i')
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int name_in_struct_set(void *ctx)
{
	struct row copy = {3, 4, "first"};
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (copy.name[1] == 'i')
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
	else if (text[0] == 'n')
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
	copy.id = bpf_get_prandom_u32();
	if (copy.count == 4)
		bpf_task_release(task);
	return 0;
}
