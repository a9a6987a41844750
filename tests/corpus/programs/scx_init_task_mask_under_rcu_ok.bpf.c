/* sched_ext: a member that may sleep copies a mask that RCU keeps, inside a section. */
#include "kfuncs.h"
struct kept { struct bpf_cpumask __kptr *mask; };
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, struct kept); } per_task SEC(".maps");

SEC("struct_ops.s/prepare")
s32 BPF_PROG(prepare, struct task_struct *p, struct scx_init_task_args *args)
{
	struct bpf_cpumask *mask, *old;
	struct kept *k;

	k = bpf_task_storage_get(&per_task, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!k)
		return -12;
	mask = bpf_cpumask_create();
	if (!mask)
		return -12;
	bpf_rcu_read_lock();
	bpf_cpumask_copy(mask, p->cpus_ptr);
	bpf_rcu_read_unlock();
	old = bpf_kptr_xchg(&k->mask, mask);
	if (old)
		bpf_cpumask_release(old);
	return 0;
}

SEC(".struct_ops.link")
struct sched_ext_ops prep_ops = { .init_task = (void *)prepare, .name = "prepare" };
