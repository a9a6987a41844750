#include "own.h"
extern const struct rq runqueues __ksym;
extern const int bpf_prog_active __ksym;

SEC("raw_tp/sys_enter")
int read(void *ctx)
{
	struct rq *rq = bpf_per_cpu_ptr(&runqueues, 0), *own = bpf_this_cpu_ptr(&runqueues);
	int *active = bpf_this_cpu_ptr(&bpf_prog_active);

	return (rq ? rq->nr_running : 0) + own->nr_running + *active;
}
