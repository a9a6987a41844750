#include "own.h"
SEC("tp_btf/task_newtask")
int BPF_PROG(whole, struct task_struct *task, u64 flags)
{
	return bpf_strncmp(task->comm, sizeof(task->comm), "init") & 1;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(rest, struct task_struct *task, u64 flags)
{
	return bpf_strncmp(task->comm + 4, sizeof(task->comm) - 4, "init") & 1;
}
