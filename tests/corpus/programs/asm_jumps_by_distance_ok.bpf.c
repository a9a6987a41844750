#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(void)
{
	bpf_task_release(bpf_task_from_pid(0));
}

SEC("tp_btf/task_newtask") __attribute__((naked)) int asm_jumps_by_distance_ok(void)
{
	asm volatile (" \
	r1 = 1; \
	call %[bpf_task_from_pid]; \
	if r0 == 0 goto +2; \
	r1 = r0; \
	call %[bpf_task_release]; \
	r2 = 0x123456789 ll; \
	goto +1; \
	exit; \
	r0 = 0; \
	goto -3; \
"	: : [bpf_task_from_pid]"i"(bpf_task_from_pid), [bpf_task_release]"i"(bpf_task_release)
	: "r0");
}
