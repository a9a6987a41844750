/* Remembers one task in a global kptr, and reads it later under RCU without taking a reference. */
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
u32 watched_prio;

SEC("tp_btf/task_newtask")
int BPF_PROG(watch_task, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *held, *before;

	held = bpf_task_acquire(task);
	if (!held)
		return 0;
	before = bpf_kptr_xchg(&watched, held);
	if (before)
		bpf_task_release(before);
	return 0;
}

SEC("syscall")
int read_watched(void *ctx)
{
	struct task_struct *task;

	bpf_rcu_read_lock();
	task = watched;
	if (task) {
		watched_pid = task->pid;
		watched_prio = task->prio;
	}
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int hold_watched(void *ctx)
{
	struct task_struct *task, *held = NULL;

	bpf_rcu_read_lock();
	task = watched;
	if (task)
		held = bpf_task_acquire(task);
	bpf_rcu_read_unlock();
	if (!held)
		return 0;
	watched_pid = held->pid;
	bpf_task_release(held);
	return 0;
}
