/* A socket that is looked up in a map of sockets must be released. */
#include "kfuncs.h"

struct {
	__uint(type, 18); /* BPF_MAP_TYPE_SOCKHASH */
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} sockets SEC(".maps");

SEC("sk_lookup")
int keeps(struct bpf_sk_lookup *ctx)
{
	struct bpf_sock *sk;
	u32 key = 1;

	sk = bpf_map_lookup_elem(&sockets, &key);
	if (sk)
		bpf_sk_assign(ctx, sk, 0);
	return SK_PASS;
}
