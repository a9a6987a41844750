#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

static __noinline int check(struct __sk_buff *skb)
{
	if (skb->len > 1000)
		bpf_throw(1);
	return skb->len;
}

SEC("tc")
int guard(struct __sk_buff *skb)
{
	return check(skb) > 10;
}
