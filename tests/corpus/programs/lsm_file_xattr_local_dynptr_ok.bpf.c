/* LSM, sleepable: the value of an attribute comes into a dynptr over a global buffer. */
#include "kfuncs.h"

char value[32];
u64 marked;

SEC("lsm.s/file_open")
int BPF_PROG(opened, struct file *file)
{
	struct bpf_dynptr d;

	bpf_dynptr_from_mem(value, sizeof(value), 0, &d);
	if (bpf_get_file_xattr(file, "user.note", &d) < 0)
		return 0;
	if (value[0] == 'x')
		marked++;
	return 0;
}
