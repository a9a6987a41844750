// SPDX-License-Identifier: GPL-2.0
/* A program of the usual size: maps, helpers of its own, and seven programs that use kfuncs. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>

char _license[] SEC("license") = "GPL";

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym;
extern struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

struct event {
	u32 pid;
	u32 tgid;
	u64 when;
	char comm[16];
};

struct kept {
	struct task_struct __kptr *task;
	u64 since;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, u32);
	__type(value, struct kept);
} tasks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, u64);
} counters SEC(".maps");

const volatile u32 watched = 1000;
u64 seen;

static void count(u32 slot, u64 by)
{
	u64 *counter = bpf_map_lookup_elem(&counters, &slot);

	if (counter)
		__sync_fetch_and_add(counter, by);
}

static int report(struct task_struct *task)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return -1;
	event->pid = task->pid;
	event->tgid = task->tgid;
	event->when = bpf_ktime_get_ns();
	bpf_core_read_str(event->comm, sizeof(event->comm), &task->comm);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

static bool is_interesting(struct task_struct *task)
{
	if (task->pid == 4242)
		return true;
	if (task->tgid == watched)
		return true;
	return false;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(on_new_0, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *other;

	if (!is_interesting(task))
		return 0;
	other = bpf_task_from_pid(task->pid + 0);
	if (!other)
		return 0;
	if (other->pid > 1000)
		count(0, other->pid);
	report(task);
	bpf_task_release(other);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(on_new_1, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *other;

	if (!is_interesting(task))
		return 0;
	other = bpf_task_from_pid(task->pid + 1);
	if (!other)
		return 0;
	if (other->pid > 1001)
		count(1, other->pid);
	report(task);
	bpf_task_release(other);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(on_new_2, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *other;

	if (!is_interesting(task))
		return 0;
	other = bpf_task_from_pid(task->pid + 2);
	if (!other)
		return 0;
	if (other->pid > 1002)
		count(2, other->pid);
	report(task);
	bpf_task_release(other);
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(on_mkdir, struct cgroup *cgrp, const char *path)
{
	struct cgroup *ancestor = bpf_cgroup_ancestor(cgrp, 1);

	if (!ancestor)
		return 0;
	count(6, ancestor->level);
	bpf_cgroup_release(ancestor);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(mask, struct task_struct *task, u64 clone_flags)
{
	struct bpf_cpumask *cpus = bpf_cpumask_create();
	int i;

	if (!cpus)
		return 0;
	for (i = 0; i < 8; i++)
		if (task->prio & (1 << i))
			bpf_cpumask_set_cpu(i, cpus);
	bpf_cpumask_release(cpus);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(keep, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *taken, *old;
	struct kept fresh = {}, *kept;
	u32 pid = task->pid;

	if (bpf_map_update_elem(&tasks, &pid, &fresh, 0))
		return 0;
	kept = bpf_map_lookup_elem(&tasks, &pid);
	if (!kept)
		return 0;
	taken = bpf_task_acquire(task);
	if (!taken)
		return 0;
	old = bpf_kptr_xchg(&kept->task, taken);
	if (old)
		bpf_task_release(old);
	kept->since = bpf_ktime_get_ns();
	return 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(leaks, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	struct task_struct *task = bpf_task_from_pid(prev->pid);

	if (!task)
		return 0;
	if (task->prio == 120)
		return 1;
	seen++;
	bpf_task_release(task);
	return 0;
}
