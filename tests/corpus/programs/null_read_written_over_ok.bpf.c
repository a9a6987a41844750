/* What is read only to be written over at once is not read: the compiler leaves both out. */
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

SEC("tc")
int at_once(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);

	seen = value->second;
	seen = 3;
	return 0;
}

SEC("tc")
int after_another(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);

	seen = value->second;
	other = 2;
	seen = 3;
	return 0;
}
