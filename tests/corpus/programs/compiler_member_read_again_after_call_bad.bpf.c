/* A call may change the member: it is loaded again, and not checked. */
#include "kfuncs.h"
struct slot { struct task_struct __kptr *task; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

int pid;

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&slots, &key);
	if (!s)
		return 0;
	if (s->task) {
		bpf_printk("here");
		pid = s->task->pid;
	}
	return 0;
}
