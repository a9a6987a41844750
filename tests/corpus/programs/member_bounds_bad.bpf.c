#include "own.h"
/* A helper may read a member of a kernel object, not beyond it, and never write it. */
SEC("tp_btf/task_newtask")
int BPF_PROG(one_too_many, struct task_struct *task, u64 flags)
{
	return bpf_strncmp(task->comm, sizeof(task->comm) + 1, "init") & 1;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(from_the_second_on, struct task_struct *task, u64 flags)
{
	return bpf_strncmp(task->comm + 1, sizeof(task->comm), "init") & 1;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(written, struct task_struct *task, u64 flags)
{
	bpf_probe_read_kernel(task->comm, sizeof(task->comm), task);
	return 0;
}
