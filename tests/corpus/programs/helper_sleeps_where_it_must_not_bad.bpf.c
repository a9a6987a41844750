#include "own.h"
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;

SEC("fentry.s/bpf_fentry_test1")
int under_rcu(void *ctx)
{
	int value = 0;

	bpf_rcu_read_lock();
	bpf_copy_from_user(&value, sizeof(value), NULL);
	bpf_rcu_read_unlock();
	return 0;
}

SEC("fentry.s/bpf_fentry_test1")
int without_preemption(void *ctx)
{
	int value = 0;

	bpf_preempt_disable();
	bpf_copy_from_user(&value, sizeof(value), NULL);
	bpf_preempt_enable();
	return 0;
}

SEC("fentry/bpf_fentry_test1")
int in_a_program_that_must_not(void *ctx)
{
	int value = 0;

	bpf_copy_from_user(&value, sizeof(value), NULL);
	return 0;
}
