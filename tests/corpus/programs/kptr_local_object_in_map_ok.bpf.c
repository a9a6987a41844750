/* An object of one's own in a map value: the old one comes out and is dropped. */
#include "kfuncs.h"
struct note { u64 when; u32 who; };
struct slot { struct note __kptr *note; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, u32); __type(value, struct slot); } notes SEC(".maps");

SEC("tp_btf/sched_switch")
int BPF_PROG(tick, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	u32 key = next->pid & 3;
	struct slot *s = bpf_map_lookup_elem(&notes, &key);
	struct note *n;

	if (!s)
		return 0;
	n = obj_new(struct note);
	if (!n)
		return 0;
	n->when = bpf_ktime_get_ns();
	n->who = next->pid;
	n = bpf_kptr_xchg(&s->note, n);
	if (n)
		obj_drop(n);
	return 0;
}
