#include "own.h"

extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
}

SEC("raw_tp") __attribute__((naked)) int asm_rcu_balanced_ok(void)
{
	asm volatile (" \
	call %[bpf_rcu_read_lock]; \
	call %[bpf_rcu_read_unlock]; \
	r0 = 0; \
	exit; \
"	: : [bpf_rcu_read_lock]"i"(bpf_rcu_read_lock), [bpf_rcu_read_unlock]"i"(bpf_rcu_read_unlock)
	: "r0");
}
