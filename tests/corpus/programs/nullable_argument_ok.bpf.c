/* A parameter that takes NULL takes NULL itself, or an object that was checked. */
#include "kfuncs.h"

int threads;

SEC("syscall")
int checked(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1), *thread;

	if (!task)
		return 0;
	bpf_rcu_read_lock();
	bpf_for_each(task, thread, task, BPF_TASK_ITER_PROC_THREADS)
		threads++;
	bpf_rcu_read_unlock();
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int null_itself(void *ctx)
{
	struct task_struct *task;

	bpf_rcu_read_lock();
	bpf_for_each(task, task, NULL, BPF_TASK_ITER_ALL_PROCS)
		threads++;
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int found_to_be_null(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1), *thread;

	if (task) {
		bpf_task_release(task);
		return 0;
	}
	bpf_rcu_read_lock();
	bpf_for_each(task, thread, task, BPF_TASK_ITER_ALL_PROCS)
		threads++;
	bpf_rcu_read_unlock();
	return 0;
}
