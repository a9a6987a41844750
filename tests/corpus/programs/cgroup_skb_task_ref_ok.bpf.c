/* cgroup_skb: a task's reference held across a lookup in a map. */
#include "kfuncs.h"
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, u32); __type(value, u64); } by_pid SEC(".maps");

SEC("cgroup_skb/egress")
int account(struct __sk_buff *skb)
{
	struct task_struct *p = bpf_task_from_pid(skb->mark);
	u64 *n;
	u32 pid;

	if (!p)
		return 1;
	pid = p->tgid;
	n = bpf_map_lookup_elem(&by_pid, &pid);
	if (n)
		__sync_fetch_and_add(n, skb->len);
	bpf_task_release(p);
	return 1;
}
