#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_task_release(bpf_task_from_pid(0));
}

static __attribute__((naked, noinline, used)) int each_round(void)
{
	asm volatile (" \
	r1 = 1; \
	call %[bpf_task_from_pid]; \
	r0 = 0; \
	exit; \
"	: : [bpf_task_from_pid]"i"(bpf_task_from_pid)
	: "r0");
}

SEC("tp_btf/task_newtask") __attribute__((naked)) int asm_callback_leaks_bad(void)
{
	asm volatile (" \
	r1 = 3; \
	r2 = %[each_round] ll; \
	r3 = 0; \
	r4 = 0; \
	call %[bpf_loop]; \
	r0 = 0; \
	exit; \
"	: : [each_round]"i"(each_round), [bpf_loop]"i"(bpf_loop)
	: "r0");
}
