/* What is read stays where a call may look at it before it is written over, or the variable is volatile. */
#include "kfuncs.h"

struct value {
	int first, second;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, struct value);
} values SEC(".maps");

int seen, other;
volatile int watched;

SEC("tc")
int a_call_between(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);

	seen = value->second;
	bpf_ktime_get_ns();
	seen = 3;
	return 0;
}

SEC("tc")
int volatile_variable(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);

	watched = value->second;
	watched = 3;
	return 0;
}

SEC("tc")
int another_variable(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);

	seen = value->second;
	other = 3;
	return 0;
}
