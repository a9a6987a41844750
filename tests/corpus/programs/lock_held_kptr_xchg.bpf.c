#include "own.h"
extern void bpf_task_release(struct task_struct *p) __ksym;
struct slot { struct bpf_spin_lock lock; struct task_struct __kptr *task; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tc")
int empty(struct __sk_buff *skb)
{
	struct task_struct *old;
	struct slot *s;
	u32 k = 0;

	s = bpf_map_lookup_elem(&slots, &k);
	if (!s)
		return 0;
	bpf_spin_lock(&s->lock);
	old = bpf_kptr_xchg(&s->task, NULL);
	bpf_spin_unlock(&s->lock);
	if (old)
		bpf_task_release(old);
	return 0;
}
