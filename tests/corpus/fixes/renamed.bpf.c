//- fix: replace; kernels: 7.3
#include "own.h"
extern void scx_bpf_dispatch(struct task_struct *p, u64 dsq_id, u64 slice, u64 enq_flags) __ksym;

SEC("struct_ops/one_enqueue")
void BPF_PROG(one_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dispatch(p, 7, 20000000, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops one_ops = { .enqueue = (void *)one_enqueue, .name = "one" };
