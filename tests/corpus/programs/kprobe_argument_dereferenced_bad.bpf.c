#include "own.h"
u64 seen;

SEC("kprobe/wake_up_new_task")
int BPF_KPROBE(on_wake, struct task_struct *task)
{
	seen = task->pid;
	return 0;
}
