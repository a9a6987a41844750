/* Task storage keeps a reference to the parent; whatever was there goes back. */
#include "kfuncs.h"
struct kept { struct task_struct __kptr *parent; };
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, struct kept); } per_task SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct kept *k = bpf_task_storage_get(&per_task, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	struct task_struct *p;

	if (!k)
		return 0;
	p = bpf_task_from_pid(task->tgid);
	if (!p)
		return 0;
	p = bpf_kptr_xchg(&k->parent, p);
	if (p)
		bpf_task_release(p);
	return 0;
}
