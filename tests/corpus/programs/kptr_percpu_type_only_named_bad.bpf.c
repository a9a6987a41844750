/* A type that the program only points to is not in its BTF: the map's field holds a plain number then. */
#include "kfuncs.h"
struct counter { u64 n; };
struct slot { struct counter __percpu_kptr *c; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tp_btf/sched_switch")
int BPF_PROG(tick, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	struct counter __percpu_kptr *c, *mine;
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&slots, &key);
	if (!s)
		return 0;
	c = s->c;
	if (!c)
		return 0;
	mine = bpf_this_cpu_ptr(c);
	mine->n++;
	return 0;
}
