#include "own.h"
/* What a helper takes as an object or as memory, and what is neither. */
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, u64); } marks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u64); __type(value, u64); } seen SEC(".maps");

SEC("syscall")
int parent_outside_rcu(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();

	bpf_task_storage_get(&marks, task->real_parent, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	return 0;
}

SEC("syscall")
int parent_after_rcu(void *ctx)
{
	struct task_struct *parent;

	bpf_rcu_read_lock();
	parent = bpf_get_current_task_btf()->real_parent;
	bpf_rcu_read_unlock();
	bpf_task_storage_get(&marks, parent, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	return 0;
}

SEC("tc")
int number_for_memory(struct __sk_buff *skb)
{
	u64 key = skb->len;

	bpf_map_update_elem(&seen, (void *)key, &key, 0);
	return 0;
}

SEC("tc")
int place_in_context(struct __sk_buff *skb)
{
	u64 to = 0;

	bpf_skb_load_bytes((void *)skb + 8, 0, &to, sizeof(to));
	return 0;
}

SEC("syscall")
int released(void *ctx)
{
	struct task_struct *t = bpf_task_from_pid(1);

	if (!t)
		return 0;
	bpf_task_release(t);
	bpf_task_storage_get(&marks, t, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(member_as_key, struct task_struct *task, u64 flags)
{
	bpf_map_update_elem(&seen, task->comm, &flags, 0);
	return 0;
}
