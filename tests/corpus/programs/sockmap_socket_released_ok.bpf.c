/* A socket that is looked up in a map of sockets is the program's own, and equal pointers are NULL or not together. */
#include "kfuncs.h"

struct {
	__uint(type, 15); /* BPF_MAP_TYPE_SOCKMAP */
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} sockets SEC(".maps");

int families;

SEC("sk_lookup")
int assigns(struct bpf_sk_lookup *ctx)
{
	struct bpf_sock *sk, *now;
	u32 key = 1;

	sk = bpf_map_lookup_elem(&sockets, &key);
	if (!sk)
		return SK_PASS;
	bpf_sk_assign(ctx, sk, 0);
	now = ctx->sk;
	if (now == sk)
		families = now->family;
	bpf_sk_release(sk);
	return SK_PASS;
}
