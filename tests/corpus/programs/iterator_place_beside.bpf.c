/* Just past an iterator there is none; older kernels take a place above the frame for the slot below it. */
#include "kfuncs.h"

u64 sum;

SEC("tc")
int next(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	int *n;

	bpf_iter_num_new(&it, 0, 4);
	while ((n = bpf_iter_num_next((void *)&it + 8)))
		sum += *n;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("tc")
int destroy(struct __sk_buff *skb)
{
	struct bpf_iter_num it;

	bpf_iter_num_new(&it, 0, 4);
	bpf_iter_num_destroy((void *)&it + 8);
	return 0;
}
