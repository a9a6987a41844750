/* Nodes are made before the lock is taken, round by round. */
#include "kfuncs.h"
struct item { struct bpf_list_node node; u64 v; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head todo owns(item, node);

SEC("syscall")
int fill(void *ctx)
{
	for (int i = 0; i < 5; i++) {
		struct item *it = obj_new(struct item);

		if (!it)
			return -1;
		it->v = i;
		bpf_spin_lock(&lock);
		push_front(&todo, &it->node);
		bpf_spin_unlock(&lock);
	}
	return 0;
}
