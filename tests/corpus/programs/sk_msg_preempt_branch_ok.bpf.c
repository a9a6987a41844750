/* sk_msg: both branches leave the region. */
#include "kfuncs.h"

u64 small, large;

SEC("sk_msg")
int msg(struct sk_msg_md *m)
{
	bpf_preempt_disable();
	if (m->size > 100) {
		large++;
		bpf_preempt_enable();
		return SK_PASS;
	}
	small++;
	bpf_preempt_enable();
	return SK_PASS;
}
