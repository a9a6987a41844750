/* One program for entry and return: it tells them apart by a kfunc. */
#include "kfuncs.h"
extern bool bpf_session_is_return(void) __ksym;
extern __u64 *bpf_session_cookie(void) __ksym;

u64 took;

SEC("kprobe.session/do_nanosleep")
int probe(struct pt_regs *ctx)
{
	__u64 *started = bpf_session_cookie();

	if (!bpf_session_is_return())
		*started = bpf_ktime_get_ns();
	else
		took = bpf_ktime_get_ns() - *started;
	return 0;
}
