/* sched_ext: the control group of a task that stops, borrowed for a moment. */
#include "kfuncs.h"
extern struct cgroup *scx_bpf_task_cgroup(struct task_struct *p) __ksym;

u64 ids;

SEC("struct_ops/stop")
void BPF_PROG(stop, struct task_struct *p, bool runnable)
{
	struct cgroup *cg = scx_bpf_task_cgroup(p);

	ids += cg->kn->id;
	bpf_cgroup_release(cg);
}

SEC(".struct_ops.link")
struct sched_ext_ops cg_ops = { .stopping = (void *)stop, .name = "cgroups" };
