#include "own.h"
u64 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(peek, struct task_struct *task, u64 clone_flags)
{
	seen = *(volatile u64 *)((void *)task - 8);
	return 0;
}
