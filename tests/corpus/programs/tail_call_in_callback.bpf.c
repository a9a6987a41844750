/* A tail call in a function that is called back. */
#include "own.h"

struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 1); __uint(key_size, 4); __uint(value_size, 4); } jumps SEC(".maps");

static int step(u32 index, void *context)
{
	bpf_tail_call(*(void **)context, &jumps, 0);
	return 0;
}

static __noinline int leap(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &jumps, 0);
	return skb->len;
}

static int step_alone(u32 index, void *context) { return 0; }

SEC("tc")
int calls_back(struct __sk_buff *skb)
{
	bpf_loop(2, step, &skb, 0);
	return 0;
}

SEC("tc")
int calls_only(struct __sk_buff *skb)
{
	bpf_loop(2, step_alone, 0, 0);
	return leap(skb) & 0;
}
