/* An iterator in a struct is asked for its state as any other. */
#include "kfuncs.h"

struct walker {
	struct bpf_iter_num it;
	u64 sum;
	int *current;
};
SEC("syscall") int not_destroyed(void *ctx)
{
	struct walker walker = {};
	bpf_iter_num_new(&walker.it, 0, 30);
	while ((walker.current = bpf_iter_num_next(&walker.it)))
		walker.sum += *walker.current;
	return walker.sum & 1;
}
SEC("syscall") int written_over(void *ctx)
{
	struct walker walker = {};
	bpf_iter_num_new(&walker.it, 0, 30);
	*(u64 *)&walker.it = 0;
	bpf_iter_num_destroy(&walker.it);
	return 0;
}
SEC("syscall") int made_twice(void *ctx)
{
	struct walker walker = {};
	bpf_iter_num_new(&walker.it, 0, 30);
	walker.sum = 1;
	bpf_iter_num_new(&walker.it, 0, 30);
	bpf_iter_num_destroy(&walker.it);
	return walker.sum;
}
