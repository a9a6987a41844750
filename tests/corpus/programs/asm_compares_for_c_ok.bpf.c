#include "own.h"

extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("tp_btf/task_newtask")
int asm_compares_for_c_ok(u64 *ctx)
{
	struct task_struct *p = bpf_task_from_pid(1);

	asm goto ("if %[p] == 0 goto %l[none];" : : [p]"r"(p) : : none);
	bpf_task_release(p);
none:
	return 0;
}
