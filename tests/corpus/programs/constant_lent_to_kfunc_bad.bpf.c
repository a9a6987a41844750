/* A kfunc that is lent memory may write there, whatever its declaration says: a constant of the program is no such memory. */
#include "own.h"
extern struct bpf_crypto_ctx *bpf_crypto_ctx_create(const struct bpf_crypto_params *params, u32 params__sz, int *err) __ksym;
extern void bpf_crypto_ctx_release(struct bpf_crypto_ctx *ctx) __ksym;
extern int bpf_skb_set_xfrm_info(struct __sk_buff *skb_ctx, const struct bpf_xfrm_info *from) __ksym;
extern struct nf_conn *bpf_skb_ct_lookup(struct __sk_buff *skb_ctx, struct bpf_sock_tuple *bpf_tuple, u32 tuple__sz, struct bpf_ct_opts *opts, u32 opts__sz) __ksym;
extern void bpf_ct_release(struct nf_conn *nfct) __ksym;

static const struct bpf_crypto_params aes = { .type = "skcipher", .algo = "ecb(aes)", .key_len = 16 };
static const struct bpf_xfrm_info link = { .if_id = 3 };
const volatile struct bpf_sock_tuple flow = { .ipv4 = { .saddr = 1 } };

SEC("syscall")
int parameters(void *ctx)
{
	struct bpf_crypto_ctx *c;
	int err = 0;

	c = bpf_crypto_ctx_create(&aes, sizeof(aes), &err);
	if (c)
		bpf_crypto_ctx_release(c);
	return 0;
}

SEC("tc")
int information(struct __sk_buff *skb)
{
	return bpf_skb_set_xfrm_info(skb, &link) < 0;
}

SEC("tc")
int tuple(struct __sk_buff *skb)
{
	struct bpf_ct_opts opts = { .netns_id = -1, .l4proto = 6 };
	struct nf_conn *ct;

	ct = bpf_skb_ct_lookup(skb, (void *)&flow, sizeof(flow.ipv4), &opts, sizeof(opts));
	if (ct)
		bpf_ct_release(ct);
	return 0;
}
