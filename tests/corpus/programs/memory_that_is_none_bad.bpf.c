#include "own.h"
/* NULL is no memory, nor is the context of a network program. */
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;

SEC("syscall")
int null(void *ctx)
{
	return bpf_copy_from_user_str(NULL, 16, (void *)64, 0);
}

SEC("tc")
int context(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;
	u8 *p;

	if (bpf_dynptr_from_skb(skb, 0, &ptr))
		return 0;
	p = bpf_dynptr_slice(&ptr, 0, skb, 8);
	return p ? *p : 0;
}
