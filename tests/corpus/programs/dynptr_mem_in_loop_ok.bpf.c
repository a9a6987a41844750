/* A dynptr over a map value is made anew in each round. */
#include "kfuncs.h"

char buf[64];

SEC("raw_tp/sched_switch")
int tp(void *ctx)
{
	for (int i = 0; i < 4; i++) {
		struct bpf_dynptr d;

		if (bpf_dynptr_from_mem(buf, sizeof(buf), 0, &d))
			continue;
		bpf_dynptr_write(&d, i, "x", 1, 0);
	}
	return 0;
}
