#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int asm_in_c_releases_ok(u64 *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	if (!p)
		return 0;
	(void)bpf_task_release;
	asm volatile ("r1 = %[p]; call %[bpf_task_release];"
		      : : [p]"r"(p), [bpf_task_release]"i"(bpf_task_release) : "r0", "r1", "r2", "r3", "r4", "r5");
	return 0;
}

void names_for_btf(struct task_struct *p)
{
	bpf_task_release(p);
}
