#include "own.h"
u64 seen;

SEC("kprobe/wake_up_new_task")
int BPF_KPROBE(on_wake, struct task_struct *task)
{
	seen = BPF_CORE_READ(task, pid);
	return 0;
}
