/* hid_bpf: the report's bytes, checked, of a size that is known. */
#include "kfuncs.h"
extern __u8 *hid_bpf_get_data(struct hid_bpf_ctx *ctx, unsigned int offset, const size_t rdwr_buf_size) __ksym;

SEC("struct_ops/swap")
int BPF_PROG(swap, struct hid_bpf_ctx *hctx, enum hid_report_type type)
{
	__u8 *data = hid_bpf_get_data(hctx, 0, 8), first;

	if (!data)
		return 0;
	first = data[1];
	data[1] = data[2];
	data[2] = first;
	return 0;
}

SEC(".struct_ops.link")
struct hid_bpf_ops swap_ops = { .hid_device_event = (void *)swap };
