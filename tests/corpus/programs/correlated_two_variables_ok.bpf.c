/* A comparison of two variables that is made twice has one answer. */
#include "kfuncs.h"

SEC("syscall")
int the_same(void *ctx)
{
	u32 n = bpf_get_prandom_u32(), most = bpf_get_prandom_u32();

	if (n < most)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (n < most)
		bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall")
int the_opposite(void *ctx)
{
	u32 n = bpf_get_prandom_u32(), most = bpf_get_prandom_u32();

	if (n != most)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (most == n)
		return 0;
	bpf_rcu_read_unlock();
	return 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(two_pointers, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	if (prev != next)
		bpf_rcu_read_lock();
	bpf_ktime_get_ns();
	if (prev != next)
		bpf_rcu_read_unlock();
	return 0;
}
