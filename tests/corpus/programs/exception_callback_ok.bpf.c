#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

__noinline int on_throw(u64 cookie)
{
	return cookie & 1;
}

SEC("tc")
handles(on_throw)
int guard(struct __sk_buff *skb)
{
	if (skb->len > 1000)
		bpf_throw(skb->len);
	return 0;
}
