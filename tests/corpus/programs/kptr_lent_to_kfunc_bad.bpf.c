/* A kptr is no plain memory: a kfunc that reads or writes a whole map value would do so to it. */
#include "kfuncs.h"

struct kept { struct task_struct __kptr *t; u64 n; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct kept); } keep SEC(".maps");
extern int bpf_path_d_path(struct path *path, char *buf, size_t buf__sz) __ksym;

SEC("lsm.s/file_open")
int BPF_PROG(path_over_it, struct file *file)
{
	u32 key = 0;
	struct kept *v = bpf_map_lookup_elem(&keep, &key);
	struct task_struct *old;

	if (!v)
		return 0;
	old = bpf_kptr_xchg(&v->t, NULL);
	if (old)
		bpf_task_release(old);
	bpf_path_d_path((struct path *)&file->f_path, (void *)v, sizeof(*v));
	return 0;
}
