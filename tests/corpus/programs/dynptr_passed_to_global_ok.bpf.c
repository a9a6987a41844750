/* A global function takes a dynptr and reads from it. */
#include "kfuncs.h"

__noinline int first_byte(const struct bpf_dynptr *d)
{
	char c = 0;

	if (bpf_dynptr_read(&c, 1, (struct bpf_dynptr *)d, 0, 0))
		return -1;
	return c;
}

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct bpf_dynptr d;

	if (bpf_dynptr_from_skb(skb, 0, &d))
		return 0;
	return first_byte(&d);
}
