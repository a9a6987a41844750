#include "own.h"
/* The context has what its program type gives it, and nothing behind its end. */
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

u32 seen;

SEC("flow_dissector")
int length_of_the_packet(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	seen = skb->len;
	bpf_rcu_read_unlock();
	return 0;
}

SEC("tc")
int behind_the_end(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	seen = *((u8 *)skb + 4096);
	bpf_rcu_read_unlock();
	return 0;
}

SEC("tc")
int before_the_start(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	seen = *((volatile u32 *)skb - 4);
	bpf_rcu_read_unlock();
	return 0;
}
