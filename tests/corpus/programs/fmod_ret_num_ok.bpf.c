/* fmod_ret: a loop whose result becomes the function's. */
#include "kfuncs.h"

SEC("fmod_ret/bpf_modify_return_test")
int BPF_PROG(replace, int a, int *b, int ret)
{
	struct bpf_iter_num it;
	int *i, sum = 0;

	bpf_iter_num_new(&it, 1, 5);
	while ((i = bpf_iter_num_next(&it)))
		sum += *i;
	bpf_iter_num_destroy(&it);
	return sum == 10 ? 0 : -1;
}
