//- fix: declare-kfunc; declaration: weak
#include "own.h"
extern void bpf_rcu_read_unlock(void) __ksym;

SEC("tc")
int section(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
	return 0;
}
