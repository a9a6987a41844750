/* An object that a map holds is one from bpf_obj_new as long as the RCU section lasts in which it was read; whether it still is
 * afterwards, kernels answer differently. */
#include "kfuncs.h"

struct counted {
	struct bpf_refcount count;
	int value;
};
struct listed {
	struct bpf_rb_node node;
	struct bpf_refcount count;
	int value;
};
struct stash {
	struct counted __kptr *counted;
	struct listed __kptr *listed;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct stash);
} stashes SEC(".maps");
private(STASH) struct bpf_spin_lock lock;
private(STASH) struct bpf_rb_root root owns(listed, node);
static struct stash *stash(void)
{
	u32 key = 0;
	return bpf_map_lookup_elem(&stashes, &key);
}
SEC("syscall") int fill(void *ctx)
{
	struct stash *stashed = stash();
	struct counted *counted;
	struct listed *listed;
	if (!stashed)
		return 0;
	counted = obj_new(struct counted);
	if (!counted)
		return 0;
	counted = bpf_kptr_xchg(&stashed->counted, counted);
	if (counted)
		obj_drop(counted);
	listed = obj_new(struct listed);
	if (!listed)
		return 0;
	listed = bpf_kptr_xchg(&stashed->listed, listed);
	if (listed)
		obj_drop(listed);
	return 0;
}
SEC("syscall") int acquired_inside(void *ctx)
{
	struct stash *stashed = stash();
	struct counted *counted, *own;
	if (!stashed)
		return 0;
	bpf_rcu_read_lock();
	counted = stashed->counted;
	if (!counted) {
		bpf_rcu_read_unlock();
		return 0;
	}
	own = ref_acquire(counted);
	bpf_rcu_read_unlock();
	if (own)
		obj_drop(own);
	return 0;
}
SEC("syscall") int acquired_after(void *ctx)
{
	struct stash *stashed = stash();
	struct counted *counted, *own;
	if (!stashed)
		return 0;
	bpf_rcu_read_lock();
	counted = stashed->counted;
	if (!counted) {
		bpf_rcu_read_unlock();
		return 0;
	}
	bpf_rcu_read_unlock();
	own = ref_acquire(counted);
	if (own)
		obj_drop(own);
	return 0;
}
SEC("tc") int acquired_where_all_is_inside(void *ctx)
{
	struct stash *stashed = stash();
	struct counted *counted, *own;
	if (!stashed)
		return 0;
	counted = stashed->counted;
	if (!counted)
		return 0;
	own = ref_acquire(counted);
	if (own)
		obj_drop(own);
	return 0;
}
SEC("syscall") int removed_inside(void *ctx)
{
	struct stash *stashed = stash();
	struct listed *listed;
	struct bpf_rb_node *node;
	if (!stashed)
		return 0;
	bpf_rcu_read_lock();
	listed = stashed->listed;
	if (!listed) {
		bpf_rcu_read_unlock();
		return 0;
	}
	bpf_spin_lock(&lock);
	node = bpf_rbtree_remove(&root, &listed->node);
	bpf_spin_unlock(&lock);
	bpf_rcu_read_unlock();
	if (node)
		obj_drop(container_of(node, struct listed, node));
	return 0;
}
SEC("syscall") int removed_after(void *ctx)
{
	struct stash *stashed = stash();
	struct listed *listed;
	struct bpf_rb_node *node;
	if (!stashed)
		return 0;
	bpf_rcu_read_lock();
	listed = stashed->listed;
	if (!listed) {
		bpf_rcu_read_unlock();
		return 0;
	}
	bpf_rcu_read_unlock();
	bpf_spin_lock(&lock);
	node = bpf_rbtree_remove(&root, &listed->node);
	bpf_spin_unlock(&lock);
	if (node)
		obj_drop(container_of(node, struct listed, node));
	return 0;
}
