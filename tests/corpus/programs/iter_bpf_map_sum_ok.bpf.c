/* An iterator program over maps sums what is in them. */
#include "kfuncs.h"

s64 total;

SEC("iter/bpf_map")
int dump(struct bpf_iter__bpf_map *ctx)
{
	struct bpf_map *map = ctx->map;

	if (!map)
		return 0;
	total += bpf_map_sum_elem_count(map);
	return 0;
}
