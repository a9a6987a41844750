#include "own.h"
/* A global function that may sleep, called where nothing may: newer kernels look into it. */
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;

char text[16];

static __noinline int copy(u64 from)
{
	return bpf_copy_from_user(text, sizeof(text), (void *)from);
}

__noinline int read_it(u64 from)
{
	return copy(from) ? 1 : 0;
}

__noinline int add(u64 to)
{
	return to + 1;
}

SEC("syscall")
int in_rcu(void *ctx)
{
	int ret;

	bpf_rcu_read_lock();
	ret = read_it(0);
	bpf_rcu_read_unlock();
	return ret;
}

SEC("syscall")
int not_preemptible(void *ctx)
{
	int ret;

	bpf_preempt_disable();
	ret = read_it(0);
	bpf_preempt_enable();
	return ret;
}

SEC("syscall")
int does_not_sleep(void *ctx)
{
	int ret;

	bpf_rcu_read_lock();
	ret = add(1);
	bpf_rcu_read_unlock();
	return ret;
}

SEC("syscall")
int outside(void *ctx)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
	return read_it(0);
}
