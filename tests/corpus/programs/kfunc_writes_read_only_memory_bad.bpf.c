#include "own.h"
extern int bpf_path_d_path(struct path *path, char *buf, size_t buf__sz) __ksym;
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;
extern void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;

struct bpf_xfrm_info { u32 if_id; int link; };
extern int bpf_skb_get_xfrm_info(struct __sk_buff *skb, struct bpf_xfrm_info *to) __ksym;
static char long_buffer[64];

SEC("lsm.s/file_open")
int BPF_PROG(beyond_the_end, struct file *file)
{
	return bpf_path_d_path(&file->f_path, long_buffer, 2 * sizeof(long_buffer)) > 0 ? 0 : 0;
}

SEC("tc")
int into_a_slice(struct __sk_buff *skb)
{
	struct bpf_dynptr ptr;
	void *bytes;

	if (bpf_dynptr_from_skb(skb, 0, &ptr))
		return 0;
	bytes = bpf_dynptr_slice(&ptr, 0, NULL, sizeof(struct bpf_xfrm_info));
	if (!bytes)
		return 0;
	return bpf_skb_get_xfrm_info(skb, bytes);
}
