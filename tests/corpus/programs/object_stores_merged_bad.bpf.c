/* The compiler makes one store of constants side by side, which reaches beyond the first member. */
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
SEC("tc") int side_by_side(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int backwards(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->cost = 0;
	object->weight = 1;
	obj_drop(object);
	return 0;
}
SEC("tc") int with_the_whole(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = 1;
	object->id = 7;
	object->cost = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int bytes(struct __sk_buff *skb)
{
	struct flags *object = obj_new(struct flags);
	if (!object)
		return 0;
	object->a = 1;
	object->b = 2;
	obj_drop(object);
	return 0;
}
SEC("tc") int four_bytes(struct __sk_buff *skb)
{
	struct flags *object = obj_new(struct flags);
	if (!object)
		return 0;
	object->a = 1;
	object->b = 2;
	object->c = 3;
	object->d = 4;
	obj_drop(object);
	return 0;
}
SEC("tc") int halves(struct __sk_buff *skb)
{
	struct flags *object = obj_new(struct flags);
	if (!object)
		return 0;
	object->low = 1;
	object->high = 2;
	obj_drop(object);
	return 0;
}
SEC("tc") int answers(struct __sk_buff *skb)
{
	struct flags *object = obj_new(struct flags);
	if (!object)
		return 0;
	object->on = true;
	object->off = false;
	obj_drop(object);
	return 0;
}
SEC("tc") int first_two_of_three(struct __sk_buff *skb)
{
	struct row *object = obj_new(struct row);
	if (!object)
		return 0;
	object->a = 0;
	object->b = 0;
	object->c = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int last_two_of_three(struct __sk_buff *skb)
{
	struct row *object = obj_new(struct row);
	if (!object)
		return 0;
	object->b = 0;
	object->c = 0;
	object->d = 0;
	obj_drop(object);
	return 0;
}
SEC("tc") int one_value(struct __sk_buff *skb)
{
	struct job *object = obj_new(struct job);
	if (!object)
		return 0;
	object->weight = object->cost = 5;
	obj_drop(object);
	return 0;
}
