//- fix: sleepable; kernels: 6.12, 7.3
#include "own.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;
char buf[8];

SEC("lsm.s/bpf")
int BPF_PROG(copy, int cmd, union bpf_attr *attr, unsigned int size)
{
	bpf_copy_from_user_str(buf, sizeof(buf), (void *)8, 0);
	return 0;
}
