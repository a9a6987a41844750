/* XDP decrypts in place with a context that a map holds. */
#include "kfuncs.h"
struct slot { struct bpf_crypto_ctx __kptr *ctx; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("xdp")
int decrypt(struct xdp_md *ctx)
{
	struct bpf_crypto_ctx *c;
	struct bpf_dynptr d;
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&slots, &key);
	if (!s)
		return XDP_PASS;
	c = s->ctx;
	if (!c)
		return XDP_PASS;
	if (bpf_dynptr_from_xdp(ctx, 0, &d))
		return XDP_DROP;
	if (bpf_crypto_decrypt(c, &d, &d, NULL))
		return XDP_DROP;
	return XDP_PASS;
}
