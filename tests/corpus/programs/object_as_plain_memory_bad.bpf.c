/* A kernel object is no memory to be written to, wherever in it the pointer points. */
#include "kfuncs.h"
extern int bpf_path_d_path(struct path *path, char *buf, size_t buf__sz) __ksym;

SEC("lsm.s/file_open")
int BPF_PROG(task_for_text, struct file *file)
{
	struct task_struct *t = bpf_get_current_task_btf();

	bpf_path_d_path((struct path *)&file->f_path, (void *)t, 8);
	return 0;
}

SEC("lsm.s/file_open")
int BPF_PROG(member_for_text, struct file *file)
{
	struct task_struct *t = bpf_get_current_task_btf();

	bpf_path_d_path((struct path *)&file->f_path, (void *)&t->comm, 8);
	return 0;
}
