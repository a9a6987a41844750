/* Of a row that is chosen at run time, the verifier knows nothing. */
#include "kfuncs.h"

static int same(int value)
{
	return value;
}
static const struct {
	int (*change)(int value);
	int kind;
} operation = {same, 4};
static const struct {
	const char *name;
	int id;
} rows[] = {{"one", 1}, {"two", 2}};
static const u32 sizes[4] = {5, 6, 7, 8};

SEC("syscall")
int number_beside(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (operation.kind != 4)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int character_of_name(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (rows[1].name[0] != 't')
		bpf_task_release(task);
	return 0;
}
