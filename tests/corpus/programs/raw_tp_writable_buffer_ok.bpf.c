/* The first argument of a tracepoint that may be written is memory: the kernel keeps how far the program reaches into it. */
#include "kfuncs.h"

struct request { __u32 magic, type; __u64 handle; };

u32 last;

SEC("raw_tp.w/nbd_send_request")
int BPF_PROG(sent, struct request *request)
{
	last = request->type;
	request->handle = 0;
	return 0;
}
