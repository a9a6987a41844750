/* What stands between two stores, or where they lie, keeps them apart. */
#include "own.h"

struct job {
	u64 id;
	u32 weight;
	u32 cost;
};
struct narrow {
	u32 first;
	u32 second;
};
struct flags {
	u64 id;
	u8 a, b, c, d;
	u16 low;
	u16 high;
	bool on, off;
};
struct row {
	u64 id;
	u32 a;
	u32 b;
	u32 c;
	u32 d;
};
u32 seen;
SEC("tc") int another_variable(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	seen = 3;
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int a_call(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	bpf_get_prandom_u32();
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int a_barrier(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	asm volatile("" ::: "memory");
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int a_number(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = skb->len;
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int two_volatile(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	*(volatile u32 *)&object->weight = 1;
	*(volatile u32 *)&object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int one_volatile(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	volatile u32 *weight = &object->weight;
	*weight = 1;
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int a_branch(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	if (skb->len)
		object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int not_aligned(struct __sk_buff *skb)
{
	struct row *object = obj_new(struct row);
	if (!object)
		return 0;
	object->b = 0;
	object->c = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int not_aligned_enough(struct __sk_buff *skb)
{
	struct narrow *object = obj_new(struct narrow);
	if (!object)
		return 0;
	object->first = 0;
	object->second = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int not_side_by_side(struct __sk_buff *skb)
{
	struct row *object = obj_new(struct row);
	if (!object)
		return 0;
	object->a = 0;
	object->c = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int bytes_not_aligned(struct __sk_buff *skb)
{
	struct flags *object = obj_new(struct flags);
	if (!object)
		return 0;
	object->b = 1;
	object->c = 2;
	obj_drop(object);
	return 0;
}
SEC("tc") int written_again(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	object->cost = 0;
	object->cost = skb->len;
	obj_drop(object);
	return 0;
}
SEC("tc") int read_between(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	seen = object->id;
	object->cost = 0;
	obj_drop(object);
	return 0;
}
