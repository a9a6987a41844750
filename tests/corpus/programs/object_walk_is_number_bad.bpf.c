#include "own.h"
struct link { struct link *next; u64 v; };
u64 seen;

SEC("tc")
int walk(struct __sk_buff *skb)
{
	struct link *l = obj_new(struct link), *next;

	if (!l)
		return 0;
	next = l->next;
	if (next)
		seen = next->v;
	obj_drop(l);
	return 0;
}
