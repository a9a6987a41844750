/* What is called back must be static. */
#include "kfuncs.h"

struct elem {
	long data;
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct elem);
} elems SEC(".maps");

struct leaf {
	long key;
	struct bpf_rb_node node;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_rb_root leaves owns(leaf, node);

long sum;

int each_round(u32 i, void *ctx)
{
	sum += i;
	return 0;
}

__weak int each_round_weakly(u32 i, void *ctx)
{
	sum += i;
	return 0;
}

long each_elem(void *map, int *key, struct elem *elem, void *ctx)
{
	sum += *key;
	return 0;
}

int later(void *map, int *key, struct elem *elem)
{
	return 0;
}

bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
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
int weak(void *ctx)
{
	bpf_loop(10, each_round_weakly, NULL, 0);
	return 0;
}

SEC("tc")
int for_each_element(void *ctx)
{
	bpf_for_each_map_elem(&elems, each_elem, NULL, 0);
	return 0;
}

SEC("tc")
int in_a_timer(void *ctx)
{
	struct elem *elem;
	int key = 0;

	elem = bpf_map_lookup_elem(&elems, &key);
	if (!elem)
		return 0;
	bpf_timer_init(&elem->timer, &elems, 0);
	bpf_timer_set_callback(&elem->timer, later);
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
