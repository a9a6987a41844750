/* LSM, sleepable: a path of a hook as text. */
#include "kfuncs.h"

char path[256];

SEC("lsm.s/file_open")
int BPF_PROG(opened, struct file *file)
{
	char local[64];

	if (bpf_path_d_path(&file->f_path, local, sizeof(local)) < 0)
		return 0;
	__builtin_memcpy(path, local, sizeof(local));
	return 0;
}
