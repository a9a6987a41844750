/* A kptr beside a bit-field that begins inside a byte. */
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct kept { struct task_struct __kptr *task; u32 low : 3, high : 5; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct kept); } values SEC(".maps");

SEC("tp_btf/task_newtask")
int keeps(void *ctx)
{
	int key = 0;
	struct kept *v = bpf_map_lookup_elem(&values, &key);
	struct task_struct *p;

	if (!v)
		return 0;
	p = bpf_task_from_pid(1);
	if (!p)
		return 0;
	p = bpf_kptr_xchg(&v->task, p);
	if (p)
		bpf_task_release(p);
	return 0;
}

/* The prototype of a function names the struct, so that the object has it whole. */
__attribute__((noinline)) int pid_of(struct task_struct *p __arg_trusted) { return p->pid; }

SEC("tp_btf/task_newtask")
int BPF_PROG(only_reads, struct task_struct *task, u64 flags)
{
	return pid_of(task) & 0;
}
