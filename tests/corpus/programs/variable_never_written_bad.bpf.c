/* A variable that is written somewhere, or that others see, may be anything. */
#include "kfuncs.h"

struct settings {
	u32 level;
	bool on;
};

struct settings settings = {.level = 5};

static u32 written_elsewhere;
u32 of_others = 3;

static __always_inline int written(void)
{
	written_elsewhere = bpf_get_prandom_u32();
	return 0;
}

SEC("syscall")
int written_by_function(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	written();
	bpf_ktime_get_ns();
	if (written_elsewhere == 0)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int seen_by_others(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (of_others == 3)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int member_seen_by_others(void *ctx)
{

	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	if (settings.level == 5)
		bpf_task_release(task);
	return 0;
}
