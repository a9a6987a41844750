/* task_global_rcu.bpf.c without the RCU section, with a pointer that outlives it, and with leaks. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

char LICENSE[] SEC("license") = "GPL";

static struct task_struct __kptr *watched SEC(".data.watched");
u32 watched_pid;

SEC("tp_btf/task_newtask")
int BPF_PROG(loses_task_before, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held;

	held = bpf_task_acquire(task);
	if (!held)
		return 0;
	bpf_kptr_xchg(&watched, held);	/* the task that was there before comes back, and is dropped */
	return 0;
}

SEC("syscall")
int reads_without_rcu(void *ctx)
{
	struct task_struct *task, *held;

	task = watched;	/* a sleepable program: nothing keeps the task alive */
	if (!task)
		return 0;
	held = bpf_task_acquire(task);
	if (!held)
		return 0;
	watched_pid = held->pid;
	bpf_task_release(held);
	return 0;
}

SEC("syscall")
int acquires_after_unlock(void *ctx)
{
	struct task_struct *task, *held;

	bpf_rcu_read_lock();
	task = watched;
	bpf_rcu_read_unlock();
	if (!task)
		return 0;
	held = bpf_task_acquire(task);	/* too late: the section has ended */
	if (!held)
		return 0;
	bpf_task_release(held);
	return 0;
}

SEC("syscall")
int leaves_inside_rcu(void *ctx)
{
	struct task_struct *task;

	bpf_rcu_read_lock();
	task = watched;
	if (!task)
		return 0;	/* still inside the section */
	watched_pid = task->pid;
	bpf_rcu_read_unlock();
	return 0;
}
