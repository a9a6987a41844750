//- fix: release-before-exit
#include "own.h"
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;

SEC("tc")
int off(struct __sk_buff *skb)
{
	bpf_preempt_disable();
	switch (skb->len) {
	case 1:
		bpf_preempt_enable();
		return 1;
	}
	bpf_preempt_enable();
	return 0;
}
