/* Memory of no type behind any address: newer kernels let it be read, none lets it be written. */
#include "own.h"
extern void *bpf_rdonly_cast(const void *obj, u32 btf_id) __ksym;
u64 seen;

SEC("tp_btf/task_newtask")
int BPF_PROG(reads, struct task_struct *task, u64 flags)
{
	u64 *p = bpf_rdonly_cast(task->comm, 0);

	seen = p[2];
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(writes, struct task_struct *task, u64 flags)
{
	u64 *p = bpf_rdonly_cast(task->comm, 0);

	*p = 1;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(counts, struct task_struct *task, u64 flags)
{
	u64 *p = bpf_rdonly_cast(task->comm, 0);

	__sync_fetch_and_add(p, 1);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(hands_on, struct task_struct *task, u64 flags)
{
	u64 *p = bpf_rdonly_cast(task->comm, 0);
	struct bpf_dynptr d;

	return bpf_strncmp((char *)p, 4, "abc");
}
