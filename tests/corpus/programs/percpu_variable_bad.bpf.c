#include "own.h"
/* One CPU's copy of a kernel variable: there may be none, and it is only read. */
extern const struct rq runqueues __ksym;
extern const int bpf_prog_active __ksym;

SEC("raw_tp/sys_enter")
int not_checked(void *ctx)
{
	struct rq *rq = bpf_per_cpu_ptr(&runqueues, 7);

	return rq->nr_running;
}

SEC("raw_tp/sys_enter")
int written(void *ctx)
{
	int *active = bpf_this_cpu_ptr(&bpf_prog_active);

	*active = 0;
	return 0;
}

SEC("raw_tp/sys_enter")
int beyond_it(void *ctx)
{
	int *active = bpf_this_cpu_ptr(&bpf_prog_active);

	return active[1];
}

__noinline int set(int *p)
{
	return p ? *p = 42 : 0;
}

SEC("raw_tp/sys_enter")
int written_by_a_function(void *ctx)
{
	return set((void *)bpf_this_cpu_ptr(&bpf_prog_active));
}
