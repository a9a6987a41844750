#include "own.h"

extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
}

SEC("raw_tp") __attribute__((naked)) int asm_rcu_one_way_open_bad(void)
{
	asm volatile (" \
	r6 = *(u64 *)(r1 + 0); \
	call %[bpf_rcu_read_lock]; \
	if r6 s< 0 goto l0_%=; \
	call %[bpf_rcu_read_unlock]; \
	l0_%=: r0 = 0; \
	exit; \
"	: : [bpf_rcu_read_lock]"i"(bpf_rcu_read_lock), [bpf_rcu_read_unlock]"i"(bpf_rcu_read_unlock)
	: "r0");
}
