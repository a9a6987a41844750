#include "own.h"

extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
}

SEC("raw_tp") __attribute__((naked)) int asm_may_goto_leaves_section_bad(void)
{
	asm volatile (" \
	l0_%=: call %[bpf_rcu_read_lock]; \
	.byte 0xe5; \
	.byte 0; \
	.short 2; \
	.long 0; \
	call %[bpf_rcu_read_unlock]; \
	goto l0_%=; \
	r0 = 0; \
	exit; \
"	: : [bpf_rcu_read_lock]"i"(bpf_rcu_read_lock), [bpf_rcu_read_unlock]"i"(bpf_rcu_read_unlock)
	: "r0");
}
