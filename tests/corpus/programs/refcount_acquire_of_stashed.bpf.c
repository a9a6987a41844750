/* An object that a map value holds, borrowed under RCU: bpf_refcount_acquire may find it gone. 6.13 to 7.1 believe that it cannot. */
#include "own.h"

struct leaf {
	__u64 value;
	struct bpf_refcount refs;
};

struct slot {
	struct leaf __kptr *leaf;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct slot);
} slots SEC(".maps");

__u64 seen;

SEC("tc")
int not_checked(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	struct leaf *leaf, *mine;

	if (!slot)
		return 0;
	leaf = slot->leaf;
	if (!leaf)
		return 0;
	mine = ref_acquire(leaf);
	seen += mine->value;
	obj_drop(mine);
	return 0;
}

SEC("tc")
int checked(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);
	struct leaf *leaf, *mine;

	if (!slot)
		return 0;
	leaf = slot->leaf;
	if (!leaf)
		return 0;
	mine = ref_acquire(leaf);
	if (!mine)
		return 0;
	seen += mine->value;
	obj_drop(mine);
	return 0;
}

SEC("tc")
int of_owned(struct __sk_buff *skb)
{
	struct leaf *leaf = obj_new(struct leaf), *second;

	if (!leaf)
		return 0;
	second = ref_acquire(leaf);
	second->value = skb->len;
	obj_drop(second);
	obj_drop(leaf);
	return 0;
}
