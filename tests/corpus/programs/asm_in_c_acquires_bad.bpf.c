#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int asm_in_c_acquires_bad(u64 *ctx)
{
	struct task_struct *p;

	asm volatile ("r1 = 1; call %[bpf_task_from_pid]; %[p] = r0;"
		      : [p]"=r"(p) : [bpf_task_from_pid]"i"(bpf_task_from_pid) : "r0", "r1", "r2", "r3", "r4", "r5");
	return p != NULL;
}

void names_for_btf(void)
{
	bpf_task_from_pid(0);
}
