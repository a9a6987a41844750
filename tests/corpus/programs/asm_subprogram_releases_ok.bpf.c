#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_task_release(bpf_task_from_pid(0));
}

static __attribute__((naked, noinline, used)) int release_it(void)
{
	asm volatile (" \
	if r1 == 0 goto l0_%=; \
	call %[bpf_task_release]; \
	l0_%=: r0 = 0; \
	exit; \
"	: : [bpf_task_release]"i"(bpf_task_release)
	: "r0");
}

SEC("tp_btf/task_newtask") __attribute__((naked)) int asm_subprogram_releases_ok(void)
{
	asm volatile (" \
	r1 = 1; \
	call %[bpf_task_from_pid]; \
	r1 = r0; \
	call release_it; \
	r0 = 0; \
	exit; \
"	: : [bpf_task_from_pid]"i"(bpf_task_from_pid)
	: "r0");
}
