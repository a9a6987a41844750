/* sched_ext: making a queue may sleep, and enqueue may not. */
#include "kfuncs.h"
extern s32 scx_bpf_create_dsq(u64 dsq_id, s32 node) __ksym;

SEC("struct_ops/late")
void BPF_PROG(late, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_create_dsq(p->pid, -1);
}

SEC(".struct_ops.link")
struct sched_ext_ops late_ops = { .enqueue = (void *)late, .name = "late" };
