/* A number that an iterator gave is gone with the iterator; a kernel object stays what its section makes it. */
#include "kfuncs.h"

u32 seen;
SEC("syscall") int read_after_destroy(void *ctx)
{
	struct bpf_iter_num it;
	int *value, *kept = NULL;
	bpf_iter_num_new(&it, 0, 3);
	while ((value = bpf_iter_num_next(&it)))
		kept = value;
	bpf_iter_num_destroy(&it);
	if (kept)
		seen = *kept;
	return 0;
}
SEC("syscall") int one_after_destroy(void *ctx)
{
	struct bpf_iter_num it;
	int *value;
	bpf_iter_num_new(&it, 0, 3);
	value = bpf_iter_num_next(&it);
	bpf_iter_num_destroy(&it);
	if (value)
		seen = *value;
	return 0;
}
SEC("syscall") int read_before_destroy(void *ctx)
{
	struct bpf_iter_num it;
	int *value, *kept = NULL;
	bpf_iter_num_new(&it, 0, 3);
	while ((value = bpf_iter_num_next(&it)))
		kept = value;
	if (kept)
		seen = *kept;
	bpf_iter_num_destroy(&it);
	return 0;
}
SEC("syscall") int first_of_two(void *ctx)
{
	struct bpf_iter_num it;
	int *first, *second;
	bpf_iter_num_new(&it, 0, 3);
	first = bpf_iter_num_next(&it);
	second = bpf_iter_num_next(&it);
	if (first && second)
		seen = *first + *second;
	bpf_iter_num_destroy(&it);
	return 0;
}
SEC("syscall") int only_compared(void *ctx)
{
	struct bpf_iter_num it;
	int *value;
	bpf_iter_num_new(&it, 0, 3);
	value = bpf_iter_num_next(&it);
	bpf_iter_num_destroy(&it);
	if (value)
		seen++;
	return 0;
}
