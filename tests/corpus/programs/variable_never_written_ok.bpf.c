/* A static variable that its file never writes is what it begins with. */
#include "kfuncs.h"

struct settings {
	u32 level;
	bool on;
};
static int never_written = 3;
static bool debug;
static struct settings settings = {.level = 5};
static u32 table[4] = {1, 1, 1, 1};
static u32 written_elsewhere;
u32 of_others = 3;

SEC("syscall") int writer(void *ctx)
{
	written_elsewhere = bpf_get_prandom_u32();
	return 0;
}

SEC("syscall")
int number(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (never_written == 3)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int answer(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (!debug)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int member(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (settings.level == 5)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int element(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (table[2] == 1)
		bpf_task_release(task);
	return 0;
}
