/* An iterator is as long as its type, whatever holds it. */
#include "kfuncs.h"

struct walker {
	struct bpf_iter_num it;
	u64 sum;
	int *current;
};
struct second {
	u64 sum;
	struct bpf_iter_num it;
};
static __always_inline void open(struct walker *walker, int end)
{
	bpf_iter_num_new(&walker->it, 0, end);
}
static __always_inline bool step(struct walker *walker)
{
	walker->current = bpf_iter_num_next(&walker->it);
	return walker->current;
}
SEC("syscall") int first_member(void *ctx)
{
	struct walker walker = {};
	bpf_iter_num_new(&walker.it, 0, 30);
	while ((walker.current = bpf_iter_num_next(&walker.it)))
		walker.sum += *walker.current;
	bpf_iter_num_destroy(&walker.it);
	return walker.sum & 1;
}
SEC("syscall") int through_functions(void *ctx)
{
	struct walker walker = {};
	open(&walker, 30);
	while (step(&walker))
		walker.sum += *walker.current;
	bpf_iter_num_destroy(&walker.it);
	return walker.sum & 1;
}
SEC("syscall") int one_step(void *ctx)
{
	struct walker walker;
	open(&walker, 30);
	step(&walker);
	bpf_iter_num_destroy(&walker.it);
	return 0;
}
SEC("syscall") int last_member(void *ctx)
{
	struct second walker = {};
	int *current;
	bpf_iter_num_new(&walker.it, 0, 30);
	while ((current = bpf_iter_num_next(&walker.it)))
		walker.sum += *current;
	bpf_iter_num_destroy(&walker.it);
	return walker.sum & 1;
}
