//- fix: release-before-exit
#include "own.h"
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

SEC("tc")
int open(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	if (skb->len == 1) {
		bpf_rcu_read_unlock();
		return 1;
	}
	bpf_rcu_read_unlock();
	return 0;
}
