/* raw_tp: two iterators, one inside the other. */
#include "kfuncs.h"

u64 cells;

SEC("raw_tp/sched_switch")
int tp(struct bpf_raw_tracepoint_args *ctx)
{
	struct bpf_iter_num rows, columns;
	int *r, *c;

	bpf_iter_num_new(&rows, 0, 4);
	while ((r = bpf_iter_num_next(&rows))) {
		bpf_iter_num_new(&columns, 0, *r);
		while ((c = bpf_iter_num_next(&columns)))
			cells += *c;
		bpf_iter_num_destroy(&columns);
	}
	bpf_iter_num_destroy(&rows);
	return 0;
}
