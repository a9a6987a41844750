/* An answer is 0 or 1. */
#include "kfuncs.h"

SEC("syscall") int answer_above_one(void *ctx)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();
	int answer;
	if (!mask)
		return 0;
	answer = bpf_cpumask_empty((const struct cpumask *)mask);
	if (answer > 1)
		return 1;
	bpf_cpumask_release(mask);
	return 0;
}
