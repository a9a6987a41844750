#include "own.h"
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

SEC("fentry.s/bpf_fentry_test1")
int after_the_section(void *ctx)
{
	int value = 0;

	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
	bpf_copy_from_user(&value, sizeof(value), NULL);
	return 0;
}

SEC("syscall")
int in_a_syscall_program(void *ctx)
{
	int value = 0;

	return bpf_copy_from_user(&value, sizeof(value), NULL);
}
