#include "own.h"
/* What lies at an object's start may be passed for it, and a member may be passed by its address. */
extern int bpf_path_d_path(struct path *path, char *buf, size_t buf__sz) __ksym;
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern u32 bpf_cpumask_first(const struct cpumask *cpumask) __ksym;

char name[64];
u32 first;

SEC("lsm.s/file_open")
int BPF_PROG(path_of_a_file, struct file *file)
{
	bpf_path_d_path(&file->f_path, name, sizeof(name));
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(mask, struct task_struct *task, u64 flags)
{
	struct bpf_cpumask *m = bpf_cpumask_create();

	if (!m)
		return 0;
	first = bpf_cpumask_first((struct cpumask *)m);
	bpf_cpumask_release(m);
	return 0;
}
