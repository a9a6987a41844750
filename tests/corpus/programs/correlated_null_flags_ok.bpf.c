/* Whether a pointer is NULL is kept in a variable, and that one is asked. */
#include "kfuncs.h"

u32 wanted;

SEC("syscall")
int kept(void *ctx)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();
	bool has = mask;

	bpf_ktime_get_ns();
	if (has) {
		bpf_cpumask_set_cpu(1, mask);
		bpf_cpumask_release(mask);
	}
	return 0;
}

SEC("syscall")
int as_an_error(void *ctx)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();
	int err = mask ? 0 : -12;

	if (err)
		return err;
	bpf_cpumask_set_cpu(1, mask);
	bpf_cpumask_release(mask);
	return 0;
}

SEC("syscall")
int both_of_two(void *ctx)
{
	struct bpf_cpumask *a = bpf_cpumask_create(), *b = bpf_cpumask_create();
	bool has_a = a != NULL, has_b = b != NULL;

	if (has_a & has_b)
		bpf_cpumask_set_cpu(1, a);
	if (a)
		bpf_cpumask_release(a);
	if (b)
		bpf_cpumask_release(b);
	return 0;
}

SEC("syscall")
int if_it_was_wanted(void *ctx)
{
	struct bpf_cpumask *mask = NULL;
	bool has;

	if (wanted)
		mask = bpf_cpumask_create();
	has = mask != NULL;
	if (has)
		bpf_cpumask_set_cpu(1, mask);
	if (has)
		bpf_cpumask_release(mask);
	return 0;
}
