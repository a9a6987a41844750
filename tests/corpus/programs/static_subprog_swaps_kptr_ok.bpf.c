/* A static function puts the reference away; its caller has nothing left to release. */
#include "kfuncs.h"
struct slot { struct task_struct __kptr *task; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } stash SEC(".maps");

static __noinline int put_away(struct slot *s, struct task_struct *p)
{
	p = bpf_kptr_xchg(&s->task, p);
	if (p)
		bpf_task_release(p);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *p;
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&stash, &key);
	if (!s)
		return 0;
	p = bpf_task_acquire(task);
	if (!p)
		return 0;
	return put_away(s, p);
}
