#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

static int each(u64 i, void *ctx)
{
	if (i == 7)
		bpf_throw(0);
	return 0;
}

SEC("tc")
int guard(struct __sk_buff *skb)
{
	bpf_loop(skb->len, each, NULL, 0);
	return 0;
}
