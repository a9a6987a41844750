/* A sysctl program: an open-coded loop that looks at no more than what was written. */
#include "kfuncs.h"

u64 long_names;

SEC("cgroup/sysctl")
int digits(struct bpf_sysctl *ctx)
{
	struct bpf_iter_num it;
	int *i, spaces = 0;

	bpf_iter_num_new(&it, 0, ctx->file_pos);
	while ((i = bpf_iter_num_next(&it)))
		if (*i == 7)
			spaces = 1;
	bpf_iter_num_destroy(&it);
	if (spaces)
		long_names++;
	return 1;
}
