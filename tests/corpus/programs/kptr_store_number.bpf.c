/* A number is stored into a kptr that owns nothing: 0, and another. */
#include "own.h"
struct slot { struct task_struct __kptr_untrusted *seen; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("tc")
int nothing(struct __sk_buff *skb)
{
	u32 key = 0;
	struct slot *s = bpf_map_lookup_elem(&slots, &key);

	if (s)
		s->seen = NULL;
	return 0;
}

SEC("tc")
int small_number(struct __sk_buff *skb)
{
	u32 key = 0;
	struct slot *s = bpf_map_lookup_elem(&slots, &key);

	if (s)
		s->seen = (void *)12;
	return 0;
}

SEC("tc")
int big_number(struct __sk_buff *skb)
{
	u32 key = 0;
	struct slot *s = bpf_map_lookup_elem(&slots, &key);

	if (s)
		s->seen = (void *)0x123456789abcull;
	return 0;
}
/* The prototype of a function names the struct, so that the object has it whole. */
__attribute__((noinline)) int pid_of(struct task_struct *p __arg_trusted) { return p->pid; }
SEC("tp_btf/task_newtask")
int BPF_PROG(names_it, struct task_struct *task, u64 flags) { return pid_of(task) & 0; }
