#include "own.h"
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

struct slot {
	struct task_struct __kptr *owner;
	struct task_struct __kptr_untrusted *last;
	struct task_struct __kptr *recent[4];
	u64 hits;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u32);
	__type(value, struct slot);
	__uint(max_entries, 64);
} slots SEC(".maps");

SEC("tp_btf/task_newtask")
int BPF_PROG(on_task, struct task_struct *task, u64 clone_flags)
{
	u32 key = task->tgid;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	struct task_struct *old, *new;

	if (!slot)
		return 0;
	new = bpf_task_acquire(task);
	if (!new)
		return 0;
	old = bpf_kptr_xchg(&slot->recent[task->pid & 3], new);
	if (old)
		bpf_task_release(old);
	return 0;
}
