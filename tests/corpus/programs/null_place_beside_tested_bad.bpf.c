/* A place beside what may be NULL is not NULL to C: the compiler drops a test of it, and the pointer stays unchecked. */
#include "kfuncs.h"

struct item {
	long key;
	struct bpf_list_node list;
	int weight;
};

struct leaf {
	long key;
	struct bpf_rb_node node;
};

struct value {
	int first, second;
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, struct value);
} values SEC(".maps");

private(A) struct bpf_spin_lock list_lock;
private(A) struct bpf_list_head items owns(item, list);
private(B) struct bpf_spin_lock tree_lock;
private(B) struct bpf_rb_root leaves owns(leaf, node);

long seen;

static struct bpf_list_node *pop(void)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&list_lock);
	n = bpf_list_pop_front(&items);
	bpf_spin_unlock(&list_lock);
	return n;
}

static struct item *item_of(struct bpf_list_node *n)
{
	return container_of(n, struct item, list);
}

SEC("tc")
int passed_on(void *ctx)
{
	struct item *item = container_of(pop(), struct item, list);

	if (!item)
		return 0;
	obj_drop(item);
	return 0;
}

SEC("tc")
int by_a_function(void *ctx)
{
	struct item *item = item_of(pop());

	if (item)
		obj_drop(item);
	return 0;
}

SEC("tc")
int read_through(void *ctx)
{
	struct item *item = container_of(pop(), struct item, list);

	if (!item)
		return 0;
	seen = item->weight;
	obj_drop(item);
	return 0;
}

SEC("tc")
int answer_kept(void *ctx)
{
	struct item *item = container_of(pop(), struct item, list);
	bool none = !item;

	if (none)
		return 0;
	obj_drop(item);
	return 0;
}

SEC("tc")
int in_a_tree(void *ctx)
{
	struct bpf_rb_node *n;
	struct leaf *leaf;

	bpf_spin_lock(&tree_lock);
	n = bpf_rbtree_first(&leaves);
	leaf = container_of(n, struct leaf, node);
	if (leaf)
		seen = leaf->key;
	bpf_spin_unlock(&tree_lock);
	return 0;
}

SEC("tc")
int member_of_a_value(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);
	int *second = &value->second;

	if (!second)
		return 0;
	*second = 1;
	return 0;
}

SEC("tc")
int for_a_helper(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);
	char *name = value->name;

	if (!name)
		return 0;
	return bpf_get_current_comm(name, sizeof(value->name));
}

SEC("tc")
int on_one_way(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);
	char *at = (char *)value;

	if (skb->mark & 1) {
		at++;
		if (!at)
			return 0;
		*at = 1;
	}
	return 0;
}

SEC("tc")
int behind_a_header(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	char *payload;

	bpf_dynptr_from_skb(skb, 0, &packet);
	payload = bpf_dynptr_slice(&packet, 0, NULL, 16) + 2;
	if (!payload)
		return 0;
	return payload[1];
}

SEC("tc")
int not_even_tested(void *ctx)
{
	struct leaf *leaf = obj_new(struct leaf);
	struct item *item = obj_new(struct item);

	if (leaf)
		obj_drop(leaf);
	if (item)
		obj_drop(item);
	obj_drop(item_of(pop()));
	return 0;
}
