/* A static function is called back; so is a hidden one, which the loader makes static. */
#include "kfuncs.h"

struct leaf {
	long key;
	struct bpf_rb_node node;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_rb_root leaves owns(leaf, node);

long sum;

static int each_round(u32 i, void *ctx)
{
	sum += i;
	return 0;
}

__hidden int each_round_hidden(u32 i, void *ctx)
{
	sum += i;
	return 0;
}

static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return true;
}

SEC("tc")
int in_a_loop(void *ctx)
{
	bpf_loop(10, each_round, NULL, 0);
	return 0;
}

SEC("tc")
int hidden(void *ctx)
{
	bpf_loop(10, each_round_hidden, NULL, 0);
	return 0;
}

SEC("tc")
int by_a_variable(void *ctx)
{
	void *function = each_round;

	bpf_loop(10, function, NULL, 0);
	return 0;
}

SEC("tc")
int one_of_two(struct __sk_buff *skb)
{
	bpf_loop(10, skb->mark & 1 ? each_round : each_round_hidden, NULL, 0);
	return 0;
}

SEC("tc")
int in_a_tree(void *ctx)
{
	struct leaf *leaf = obj_new(struct leaf);

	if (!leaf)
		return 0;
	bpf_spin_lock(&lock);
	rb_add(&leaves, &leaf->node, less);
	bpf_spin_unlock(&lock);
	return 0;
}
