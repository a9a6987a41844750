#include "own.h"
/* A cast makes no other object of an object: the kernel compares what the pointer is with what lies at its start. */
extern int bpf_path_d_path(struct path *path, char *buf, size_t buf__sz) __ksym;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *cgrp) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;

char name[64];

SEC("lsm.s/file_open")
int BPF_PROG(file_for_its_path, struct file *file)
{
	bpf_path_d_path((struct path *)file, name, sizeof(name));
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(cgroup_for_a_task, struct cgroup *cgrp, const char *path)
{
	struct task_struct *t = bpf_task_acquire((void *)cgrp);

	if (t)
		bpf_task_release(t);
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(task_for_a_cgroup, struct task_struct *task, u64 flags)
{
	struct cgroup *c = bpf_cgroup_acquire((void *)task);

	if (c)
		bpf_cgroup_release(c);
	return 0;
}
