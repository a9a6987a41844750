/* Nothing of the context, and a place in it that is chosen at run time, lent as memory. */
#include "own.h"
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer, u32 buffer__szk) __ksym;

char bytes[64];

#define LEND(section, name, from, size) \
SEC(section) \
int name(void *ctx) \
{ \
	struct bpf_dynptr d; \
	u64 place = bpf_get_prandom_u32() & 8; \
	char *p; \
\
	if (bpf_dynptr_from_mem(bytes, sizeof(bytes), 0, &d)) \
		return 0; \
	p = bpf_dynptr_slice(&d, 0, (char *)ctx + from, size); \
	bytes[1] = !!p; \
	return 0; \
}

LEND("kprobe", kprobe_nothing, 0, 0)
LEND("kprobe", kprobe_chosen, place, 4)
LEND("tp_btf/sched_switch", tracing_nothing, 0, 0)
LEND("tp_btf/sched_switch", tracing_chosen, place, 4)
LEND("xdp", packet_nothing, 0, 0)
LEND("xdp", packet_inside, 8, 4)
LEND("xdp", packet_chosen, place, 4)
LEND("cgroup/dev", device_nothing, 0, 0)
LEND("syscall", call_nothing, 0, 0)
LEND("syscall", call_chosen, place, 4)
