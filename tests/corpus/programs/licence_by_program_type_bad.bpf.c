#define OWN_LICENCE "Proprietary"
#include "own.h"
/* LSM programs and struct_ops programs need the licence whatever they call. */
SEC("lsm/file_open")
int opened(u64 *ctx)
{
	return 0;
}

SEC("struct_ops/init")
void init_sock(u64 *ctx)
{
}

SEC("struct_ops/ssthresh")
u32 threshold(u64 *ctx)
{
	return 2;
}

SEC("struct_ops/undo_cwnd")
u32 undo(u64 *ctx)
{
	return 2;
}

SEC("struct_ops/cong_avoid")
void avoid(u64 *ctx)
{
}

SEC(".struct_ops")
struct tcp_congestion_ops unlicensed = { .init = (void *)init_sock, .ssthresh = (void *)threshold, .undo_cwnd = (void *)undo, .cong_avoid = (void *)avoid, .name = "unlicensed" };
