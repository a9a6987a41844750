#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

__noinline int on_throw(void)
{
	return 0;
}

SEC("tc")
handles(on_throw)
int guard(struct __sk_buff *skb)
{
	bpf_throw(skb->len);
	return 0;
}
