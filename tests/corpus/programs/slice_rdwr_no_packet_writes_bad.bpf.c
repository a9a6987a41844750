#include "own.h"
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;
extern void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;

u64 counter;

SEC("cgroup_skb/egress")
int of_a_packet(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;
	u8 *bytes;

	if (bpf_dynptr_from_skb(skb, 0, &ptr))
		return 1;
	bytes = bpf_dynptr_slice_rdwr(&ptr, 0, NULL, 4);
	return bytes && *bytes;
}

SEC("tp_btf/task_newtask")
int of_a_global(void *ctx)
{
	struct bpf_dynptr ptr;
	u8 *bytes;

	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &ptr);
	bytes = bpf_dynptr_slice_rdwr(&ptr, 0, NULL, 4);
	return bytes && *bytes;
}
