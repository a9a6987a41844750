/* What an iterator gives is read where it is not NULL, whichever way the program asks. */
#include "kfuncs.h"

int seen;

SEC("syscall")
int once(void *ctx)
{
	struct bpf_iter_num it;
	int *number;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	if (number)
		seen = *number;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int by_a_copy(void *ctx)
{
	struct bpf_iter_num it;
	int *number, *copy;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	copy = number;
	if (copy)
		seen = *number;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int by_an_answer(void *ctx)
{
	struct bpf_iter_num it;
	int *number;
	bool found;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	found = number != NULL;
	if (found)
		seen = *number;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int by_a_later_one(void *ctx)
{
	struct bpf_iter_num it;
	int *number, *next;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	next = bpf_iter_num_next(&it);
	if (next)
		seen = *number;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int where_it_is_null(void *ctx)
{
	struct bpf_iter_num it;
	int *number;
	bool found;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	found = number != NULL;
	if (!found)
		seen = *number;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int nobody_reads_it(void *ctx)
{
	struct bpf_iter_num it;
	int *number;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	bpf_probe_read_kernel(&seen, sizeof(seen), number);
	bpf_iter_num_destroy(&it);
	return 0;
}

static __noinline int read_it(int *number)
{
	return number ? *number : 0;
}

SEC("syscall")
int checked_by_a_function(void *ctx)
{
	struct bpf_iter_num it;

	bpf_iter_num_new(&it, 0, 10);
	seen = read_it(bpf_iter_num_next(&it));
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int all_bits(void *ctx)
{
	u64 word = 5;
	int *bit;

	bpf_for_each(bits, bit, &word, 1)
		seen += *bit;
	return 0;
}
