/* A struct that can be in a list and in a tree needs a count of references; without one the kernel refuses all types of the
 * object. */
#include "own.h"

struct branch {
	u64 key;
	struct bpf_rb_node tree;
	struct bpf_list_node list;
};
struct plain {
	u64 a, b;
};
struct locked {
	struct bpf_spin_lock lock;
	u64 count;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct locked);
} values SEC(".maps");
SEC("tc") int makes_it(struct __sk_buff *skb)
{
	struct branch *branch = obj_new(struct branch);
	if (!branch)
		return 0;
	obj_drop(branch);
	return 0;
}
SEC("tc") int makes_another(struct __sk_buff *skb)
{
	struct plain *plain = obj_new(struct plain);
	if (!plain)
		return 0;
	obj_drop(plain);
	return 0;
}
SEC("tc") int locks(struct __sk_buff *skb)
{
	u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&values, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int needs_no_types(struct __sk_buff *skb)
{
	return 0;
}
