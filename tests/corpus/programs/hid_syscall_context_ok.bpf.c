/* hid_bpf: a syscall program allocates a context, sends a request, and frees it. */
#include "kfuncs.h"
extern struct hid_bpf_ctx *hid_bpf_allocate_context(unsigned int hid_id) __ksym;
extern void hid_bpf_release_context(struct hid_bpf_ctx *ctx) __ksym;
extern int hid_bpf_hw_output_report(struct hid_bpf_ctx *ctx, __u8 *buf, size_t buf__sz) __ksym;

struct hid_request_args { u32 hid; int ret; };

SEC("syscall")
int send(struct hid_request_args *req)
{
	struct hid_bpf_ctx *hctx = hid_bpf_allocate_context(req->hid);
	__u8 report[4] = { 1, 2, 3, 4 };

	if (!hctx)
		return -1;
	req->ret = hid_bpf_hw_output_report(hctx, report, sizeof(report));
	hid_bpf_release_context(hctx);
	return 0;
}
