/* Nothing lies before the context; of a tracepoint the kernel does not say so. */
#include "own.h"

#define BEFORE(section, name) \
SEC(section) \
int name(void *ctx) { volatile u64 v = *(volatile u64 *)((char *)ctx - 16); return 0; }

BEFORE("kprobe", of_kprobe)
BEFORE("tp/sched/sched_switch", of_tracepoint)
BEFORE("raw_tp/sched_switch", of_raw_tracepoint)
BEFORE("perf_event", of_perf_event)
BEFORE("syscall", of_call)
BEFORE("sk_lookup", of_lookup)
BEFORE("cgroup/setsockopt", of_option)
BEFORE("iter/task", of_iterator)
BEFORE("xdp", of_packet)
