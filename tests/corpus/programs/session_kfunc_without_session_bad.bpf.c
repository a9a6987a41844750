/* Only a session has an entry and a return half that belong together. */
#include "kfuncs.h"
extern bool bpf_session_is_return(void) __ksym;
extern __u64 *bpf_session_cookie(void) __ksym;

u64 started;

SEC("kprobe/do_nanosleep")
int in_kprobe(struct pt_regs *ctx)
{
	return bpf_session_is_return();
}

SEC("kretprobe/do_nanosleep")
int in_kretprobe(struct pt_regs *ctx)
{
	return bpf_session_is_return();
}

SEC("kprobe.multi/do_nanosleep")
int in_kprobe_multi(struct pt_regs *ctx)
{
	__u64 *cookie = bpf_session_cookie();

	started = *cookie;
	return 0;
}

SEC("tp_btf/sched_switch")
int in_tracepoint(void *ctx)
{
	return bpf_session_is_return();
}
