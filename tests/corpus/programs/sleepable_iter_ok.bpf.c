#include "own.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr, u64 flags) __ksym;

SEC("iter.s/task")
int entry(struct bpf_iter__task *ctx)
{
	char b[16];

	if (!ctx->task)
		return 0;
	bpf_copy_from_user_str(b, sizeof(b), (const void *)8, 0);
	return 0;
}
