#include "own.h"
/* The same where a kernel takes them. */
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, u64); } marks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u64); __type(value, u64); } seen SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");

SEC("syscall")
int parent_in_rcu(void *ctx)
{
	bpf_rcu_read_lock();
	bpf_task_storage_get(&marks, bpf_get_current_task_btf()->real_parent, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	bpf_rcu_read_unlock();
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(member_as_memory, struct task_struct *task, u64 flags)
{
	bpf_ringbuf_output(&events, task->comm, sizeof(task->comm), 0);
	return 0;
}

SEC("tc")
int packet_as_memory(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;

	if (data + 16 > end)
		return 0;
	bpf_map_update_elem(&seen, data, data + 8, 0);
	return 0;
}

SEC("syscall")
int held(void *ctx)
{
	struct task_struct *t = bpf_task_from_pid(1);

	if (!t)
		return 0;
	bpf_task_storage_get(&marks, t, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	bpf_task_release(t);
	return 0;
}
