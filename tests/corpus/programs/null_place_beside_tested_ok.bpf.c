/* What counts is a test of the pointer itself, wherever the place beside it was computed; a place that may be the pointer is tested as it is. */
#include "kfuncs.h"

struct item {
	long key;
	struct bpf_list_node list;
	int weight;
};

struct first {
	struct bpf_list_node list;
	long key;
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
private(B) struct bpf_spin_lock first_lock;
private(B) struct bpf_list_head firsts owns(first, list);

long seen;

static struct bpf_list_node *pop(void)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&list_lock);
	n = bpf_list_pop_front(&items);
	bpf_spin_unlock(&list_lock);
	return n;
}

static struct item *item_or_null(struct bpf_list_node *n)
{
	if (!n)
		return NULL;
	return container_of(n, struct item, list);
}

SEC("tc")
int pointer_tested(void *ctx)
{
	struct bpf_list_node *n = pop();
	struct item *item = container_of(n, struct item, list);

	if (!n)
		return 0;
	obj_drop(item);
	return 0;
}

SEC("tc")
int both_tested(void *ctx)
{
	struct bpf_list_node *n = pop();
	struct item *item = container_of(n, struct item, list);

	if (!item || !n)
		return 0;
	seen = item->weight;
	obj_drop(item);
	return 0;
}

SEC("tc")
int tested_before(void *ctx)
{
	struct bpf_list_node *n = pop();
	struct item *item;

	if (!n)
		return 0;
	item = container_of(n, struct item, list);
	if (!item)
		return 0;
	obj_drop(item);
	return 0;
}

SEC("tc")
int by_a_function_that_tests(void *ctx)
{
	struct item *item = item_or_null(pop());

	if (!item)
		return 0;
	obj_drop(item);
	return 0;
}

SEC("tc")
int at_the_start(void *ctx)
{
	struct bpf_list_node *n;
	struct first *first;

	bpf_spin_lock(&first_lock);
	n = bpf_list_pop_front(&firsts);
	bpf_spin_unlock(&first_lock);
	first = container_of(n, struct first, list);
	if (!first)
		return 0;
	obj_drop(first);
	return 0;
}

SEC("tc")
int answer_of_no_use(void *ctx)
{
	struct bpf_list_node *n = pop();
	struct item *item = container_of(n, struct item, list);
	int found = item != NULL;

	if (n)
		obj_drop(item);
	return found;
}

SEC("tc")
int never_on_this_way(void *ctx)
{
	struct bpf_list_node *n = pop();
	struct item *item = container_of(n, struct item, list);

	if (!item)
		bpf_rcu_read_lock();
	if (n)
		obj_drop(item);
	return 0;
}

SEC("tc")
int one_of_two_members(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);
	int *member = skb->mark & 1 ? &value->first : &value->second;

	if (!member)
		return 0;
	*member = 1;
	return 0;
}

SEC("tc")
int chosen_at_run_time(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);
	char *at = (char *)value + (skb->mark & 7);

	if (!at)
		return 0;
	*at = 1;
	return 0;
}

SEC("tc")
int member_or_null(struct __sk_buff *skb)
{
	int key = skb->len;
	struct value *value = bpf_map_lookup_elem(&values, &key);
	int *second = value ? &value->second : NULL;

	if (!second)
		return 0;
	*second = 1;
	return 0;
}

SEC("tc")
int allocated(void *ctx)
{
	struct first *first = obj_new(struct first);
	struct item *item = obj_new(struct item);

	if (first)
		obj_drop(first);
	if (item)
		obj_drop(item);
	return 0;
}
