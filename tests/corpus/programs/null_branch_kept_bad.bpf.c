#include "own.h"
/* An atomic, a copy of many bytes and a relocated member are left in, NULL or not. */
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, u64); } counts SEC(".maps");
struct pair { u64 a, b; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, u32); __type(value, struct pair); } pairs SEC(".maps");

SEC("tc")
int add_to_null(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	u64 *v = bpf_map_lookup_elem(&counts, &key);

	if (!v)
		__sync_fetch_and_add(v, 1);
	return 1;
}

SEC("tp_btf/task_newtask")
int member_of_null(u64 *ctx)
{
	struct task_struct *p = bpf_task_from_pid(42);

	if (!p)
		return p->pid;
	bpf_task_release(p);
	return 1;
}

SEC("tc")
int copy_of_null(struct __sk_buff *skb)
{
	u32 key = skb->hash;
	struct pair *v = bpf_map_lookup_elem(&pairs, &key), copy = {};

	if (!v)
		copy = *v;
	return copy.a + copy.b;
}
