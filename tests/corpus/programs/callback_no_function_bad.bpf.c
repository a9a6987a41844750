/* NULL, data and numbers cannot be called back. */
#include "kfuncs.h"

struct leaf {
	long key;
	struct bpf_rb_node node;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_rb_root leaves owns(leaf, node);

long data;

SEC("tc")
int null(void *ctx)
{
	bpf_loop(10, NULL, NULL, 0);
	return 0;
}

SEC("tc")
int a_variable(void *ctx)
{
	bpf_loop(10, &data, NULL, 0);
	return 0;
}

SEC("tc")
int the_context(void *ctx)
{
	bpf_loop(10, ctx, NULL, 0);
	return 0;
}

SEC("tc")
int a_number(void *ctx)
{
	bpf_loop(10, (void *)bpf_ktime_get_ns(), NULL, 0);
	return 0;
}

SEC("tc")
int null_in_a_tree(void *ctx)
{
	struct leaf *leaf = obj_new(struct leaf);

	if (!leaf)
		return 0;
	bpf_spin_lock(&lock);
	rb_add(&leaves, &leaf->node, NULL);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc")
int data_in_a_tree(void *ctx)
{
	struct leaf *leaf = obj_new(struct leaf);

	if (!leaf)
		return 0;
	bpf_spin_lock(&lock);
	rb_add(&leaves, &leaf->node, (void *)&data);
	bpf_spin_unlock(&lock);
	return 0;
}
