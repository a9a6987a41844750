/* A parameter that takes NULL takes NULL itself, and no object that may be NULL. */
#include "kfuncs.h"

struct slot {
	struct task_struct __kptr *task;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct slot);
} slots SEC(".maps");

int threads;

SEC("syscall")
int of_a_pid(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1), *thread;

	bpf_rcu_read_lock();
	bpf_for_each(task, thread, task, BPF_TASK_ITER_PROC_THREADS)
		threads++;
	bpf_rcu_read_unlock();
	if (task)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int of_a_map(void *ctx)
{
	struct task_struct *task, *thread;
	struct slot *slot;
	int key = 0;

	slot = bpf_map_lookup_elem(&slots, &key);
	if (!slot)
		return 0;
	task = bpf_kptr_xchg(&slot->task, NULL);
	bpf_rcu_read_lock();
	bpf_for_each(task, thread, task, BPF_TASK_ITER_PROC_THREADS)
		threads++;
	bpf_rcu_read_unlock();
	if (task)
		bpf_task_release(task);
	return 0;
}
