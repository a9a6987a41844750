/* Sizes that are known by their bits, or by a branch, to be small enough. */
#include "kfuncs.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;

SEC("syscall")
int by_bits(void *ctx)
{
	char own[16];

	bpf_copy_from_user_str(own, (bpf_get_prandom_u32() & 15) + 1, (void *)16, 0);
	return 0;
}

SEC("syscall")
int by_a_branch(void *ctx)
{
	char own[16];
	u32 size = bpf_get_prandom_u32() & 63;

	if (size == 0 || size > 16)
		return 0;
	bpf_copy_from_user_str(own, size, (void *)16, 0);
	return 0;
}
