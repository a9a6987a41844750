/* hid_bpf: a byte beyond the size that was asked for. */
#include "kfuncs.h"
extern __u8 *hid_bpf_get_data(struct hid_bpf_ctx *ctx, unsigned int offset, const size_t rdwr_buf_size) __ksym;

SEC("struct_ops/swap")
int BPF_PROG(swap, struct hid_bpf_ctx *hctx, enum hid_report_type type)
{
	__u8 *data = hid_bpf_get_data(hctx, 0, 8);

	if (!data)
		return 0;
	data[8] = 0;
	return 0;
}

SEC(".struct_ops.link")
struct hid_bpf_ops swap_ops = { .hid_device_event = (void *)swap };
