/* A size that may be one too much is too much. */
#include "kfuncs.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;

char text[16];

SEC("syscall")
int perhaps_one_more(void *ctx)
{
	char own[16];

	bpf_copy_from_user_str(own, sizeof(own) + (bpf_get_prandom_u32() & 1), (void *)16, 0);
	return 0;
}

SEC("syscall")
int perhaps_much_more(void *ctx)
{
	char own[16];

	bpf_copy_from_user_str(own, (bpf_get_prandom_u32() & 1023) + 1, (void *)16, 0);
	return 0;
}
