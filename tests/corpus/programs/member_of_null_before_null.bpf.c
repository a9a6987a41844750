/* What comes before an access through NULL itself is left out with it, also a relocated member's. */
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct plain { int first, second; };
int seen, count;

SEC("tp_btf/task_newtask")
int relocated_then_null(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p) {
		seen = p->pid;
		count = ((struct plain *)p)->first;
		return 0;
	}
	bpf_task_release(p);
	return 0;
}

SEC("tp_btf/task_newtask")
int relocated_alone(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p) {
		seen = p->pid;
		return 0;
	}
	bpf_task_release(p);
	return 0;
}

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int); __type(value, struct plain); } table SEC(".maps");

SEC("tp_btf/task_newtask")
int atomic_then_null(void *ctx)
{
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&table, &key);

	if (!v) {
		__sync_fetch_and_add(&v->first, 1);
		count = v->first;
		return 0;
	}
	return 0;
}

SEC("tp_btf/task_newtask")
int atomic_alone(void *ctx)
{
	int key = 0;
	struct plain *v = bpf_map_lookup_elem(&table, &key);

	if (!v) {
		__sync_fetch_and_add(&v->first, 1);
		return 0;
	}
	return 0;
}

SEC("tp_btf/task_newtask")
int relocated_then_call_then_null(void *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p) {
		seen = p->pid;
		bpf_printk("gone");
		count = ((struct plain *)p)->first;
		return 0;
	}
	bpf_task_release(p);
	return 0;
}
