/* Visits the tasks of a group; a sleepable LSM program may. */
#include "kfuncs.h"

u64 sum;

SEC("lsm.s/file_open")
int BPF_PROG(opened, struct file *file)
{
	struct bpf_iter_css_task it;
	struct task_struct *p;
	struct cgroup *cg;

	cg = bpf_cgroup_from_id(1);
	if (!cg)
		return 0;
	bpf_iter_css_task_new(&it, &cg->self, 1);
	while ((p = bpf_iter_css_task_next(&it)))
		sum += p->pid;
	bpf_iter_css_task_destroy(&it);
	bpf_cgroup_release(cg);
	return 0;
}
