/* An object with a copy for each CPU, kept in a map; this CPU's copy is written. */
#include "kfuncs.h"
struct counter { u64 n; };
struct slot { struct counter __percpu_kptr *c; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tp_btf/sched_switch")
int BPF_PROG(tick, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	struct counter __percpu_kptr *c;
	struct counter *mine;
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

SEC("syscall")
int create(void *ctx)
{
	struct counter __percpu_kptr *c;
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&slots, &key);
	if (!s)
		return 0;
	c = bpf_percpu_obj_new_impl(bpf_core_type_id_local(struct counter), NULL);
	if (!c)
		return 0;
	c = bpf_kptr_xchg(&s->c, c);
	if (c)
		bpf_percpu_obj_drop_impl(c, NULL);
	return 0;
}
