/* An iterator may be drained at its first step: what it gives is checked before it is read. */
#include "kfuncs.h"

int seen;

SEC("syscall")
int a_number(void *ctx)
{
	struct bpf_iter_num it;
	int *number;

	bpf_iter_num_new(&it, 0, 10);
	number = bpf_iter_num_next(&it);
	seen = *number;
	bpf_iter_num_destroy(&it);
	return 0;
}

SEC("syscall")
int some_bits(void *ctx)
{
	struct bpf_iter_bits it;
	u64 word = 5;
	int *bit;

	bpf_iter_bits_new(&it, &word, 1);
	bit = bpf_iter_bits_next(&it);
	seen = *bit;
	bpf_iter_bits_destroy(&it);
	return 0;
}

SEC("syscall")
int counted_loop(void *ctx)
{
	struct bpf_iter_num it;
	int sum = 0;

	bpf_iter_num_new(&it, 0, 10);
	for (int i = 0; i < 3; i++)
		sum += *bpf_iter_num_next(&it);
	bpf_iter_num_destroy(&it);
	return sum;
}

SEC("syscall")
int checked_too_late(void *ctx)
{
	struct bpf_iter_num it;
	int *number;

	bpf_iter_num_new(&it, 0, 10);
	for (;;) {
		number = bpf_iter_num_next(&it);
		seen += *number;
		if (!number)
			break;
	}
	bpf_iter_num_destroy(&it);
	return 0;
}

static __noinline int read_it(int *number)
{
	return *number;
}

SEC("syscall")
int read_by_a_function(void *ctx)
{
	struct bpf_iter_num it;

	bpf_iter_num_new(&it, 0, 10);
	seen = read_it(bpf_iter_num_next(&it));
	bpf_iter_num_destroy(&it);
	return 0;
}
