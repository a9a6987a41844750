/* sched_ext: a scheduler that puts every task on one queue of its own. */
#include "kfuncs.h"
extern s32 scx_bpf_create_dsq(u64 dsq_id, s32 node) __ksym;
extern void scx_bpf_kick_cpu(s32 cpu, u64 flags) __ksym;
extern s32 scx_bpf_dsq_nr_queued(u64 dsq_id) __ksym;

u64 waiting;

SEC("struct_ops/one_enqueue")
void BPF_PROG(one_enqueue, struct task_struct *p, u64 enq_flags)
{
	waiting = scx_bpf_dsq_nr_queued(7);
	if (p->nr_cpus_allowed == 1)
		scx_bpf_kick_cpu(0, 0);
}

SEC("struct_ops.s/one_init")
s32 BPF_PROG(one_init)
{
	return scx_bpf_create_dsq(7, -1);
}

SEC(".struct_ops.link")
struct sched_ext_ops one_ops = { .enqueue = (void *)one_enqueue, .init = (void *)one_init, .name = "one" };
