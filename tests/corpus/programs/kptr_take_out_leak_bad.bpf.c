#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct slot {
	struct task_struct __kptr *task;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

u32 pid;

SEC("tp_btf/task_newtask")
int BPF_PROG(entry, struct task_struct *task, u64 clone_flags)
{
	struct task_struct *old;
	struct slot *slot;
	u32 key = task->tgid;

	slot = bpf_map_lookup_elem(&slots, &key);
	if (!slot)
		return 0;
	old = bpf_kptr_xchg(&slot->task, NULL);
	if (old)
		pid = old->pid;
	return 0;
}
