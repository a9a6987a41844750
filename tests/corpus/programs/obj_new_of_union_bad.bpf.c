#include "own.h"
union word { u64 whole; u32 half[2]; };

SEC("tc")
int make(struct __sk_buff *skb)
{
	union word *w = obj_new(union word);

	if (w)
		obj_drop(w);
	return 0;
}
