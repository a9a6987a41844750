/* A syscall program makes a context for encryption and leaves it in a map. */
#include "kfuncs.h"
struct slot { struct bpf_crypto_ctx __kptr *ctx; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

int error;

SEC("syscall")
int setup(void *ctx)
{
	struct bpf_crypto_params params = { .type = "skcipher", .algo = "ecb(aes)", .key_len = 16 };
	struct bpf_crypto_ctx *c, *old;
	struct slot *s;
	u32 key = 0;
	int err = 0;

	c = bpf_crypto_ctx_create(&params, sizeof(params), &err);
	if (!c) {
		error = err;
		return 0;
	}
	s = bpf_map_lookup_elem(&slots, &key);
	if (!s) {
		bpf_crypto_ctx_release(c);
		return 0;
	}
	old = bpf_kptr_xchg(&s->ctx, c);
	if (old)
		bpf_crypto_ctx_release(old);
	return 0;
}
