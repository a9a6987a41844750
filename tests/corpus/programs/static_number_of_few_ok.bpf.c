/* Of a static variable the compiler knows which numbers are ever stored. */
#include "kfuncs.h"

static int once;
static int state;
static bool on;
int of_others;
u32 seen;
enum { IDLE, BUSY, DONE };
SEC("syscall") int one_number(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	once = 5;
	bpf_printk("x");
	if (once == 7)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int never_begun(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (once && once != 5)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int advance(u64 *ctx)
{
	if (state == IDLE)
		state = BUSY;
	else
		state = DONE;
	return 0;
}
SEC("syscall") int no_other_state(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	switch (state) {
	case IDLE:
	case BUSY:
		seen++;
	case DONE:
		bpf_task_release(task);
		return 0;
	}
	return 0;
}
