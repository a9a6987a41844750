/* A timer's callback leaks what it took. */
#include "kfuncs.h"
struct elem { struct bpf_timer t; u32 pid; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct elem); } timers SEC(".maps");

u64 alive;

static int fire(void *map, u32 *key, struct elem *e)
{
	struct task_struct *p = bpf_task_from_pid(e->pid);

	if (p && p->exit_state == 0)
		alive++;
	else if (p)
		bpf_task_release(p);
	return 0;
}

SEC("tc")
int arm(struct __sk_buff *skb)
{
	struct elem *e;
	u32 key = 0;

	e = bpf_map_lookup_elem(&timers, &key);
	if (!e)
		return 0;
	bpf_timer_init(&e->t, &timers, 1);
	bpf_timer_set_callback(&e->t, fire);
	bpf_timer_start(&e->t, 1000, 0);
	return 0;
}
