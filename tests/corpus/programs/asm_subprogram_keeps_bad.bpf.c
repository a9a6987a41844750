#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_task_release(bpf_task_from_pid(0));
}

static __attribute__((naked, noinline, used)) int look_at_it(void)
{
	asm volatile (" \
	r0 = 0; \
	if r1 == 0 goto l0; \
	r0 = *(u32 *)(r1 + 0); \
	l0: exit; \
");
}

SEC("tp_btf/task_newtask") __attribute__((naked)) int asm_subprogram_keeps_bad(void)
{
	asm volatile (" \
	r1 = 1; \
	call %[bpf_task_from_pid]; \
	r1 = r0; \
	call look_at_it; \
	r0 = 0; \
	exit; \
"	: : [bpf_task_from_pid]"i"(bpf_task_from_pid)
	: "r0");
}
