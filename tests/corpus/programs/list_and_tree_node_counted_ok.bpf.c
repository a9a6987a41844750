/* With a count of references a struct can be in a list and in a tree. */
#include "own.h"

struct branch {
	u64 key;
	struct bpf_rb_node tree;
	struct bpf_list_node list;
	struct bpf_refcount count;
};
SEC("tc") int makes_it(struct __sk_buff *skb)
{
	struct branch *branch = obj_new(struct branch);
	if (!branch)
		return 0;
	obj_drop(branch);
	return 0;
}
