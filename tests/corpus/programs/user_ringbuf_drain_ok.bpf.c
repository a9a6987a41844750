/* What user space wrote is read record by record in a callback. */
#include "kfuncs.h"
struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); __uint(max_entries, 4096); } commands SEC(".maps");

u64 total;

static long take(struct bpf_dynptr *d, void *ctx)
{
	u32 value = 0;

	if (bpf_dynptr_read(&value, sizeof(value), d, 0, 0))
		return 0;
	total += value + bpf_dynptr_size(d);
	return 0;
}

SEC("syscall")
int drain(void *ctx)
{
	return bpf_user_ringbuf_drain(&commands, take, NULL, 0) < 0;
}
