/* What an exception callback may return. */
#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;

__noinline void nothing(u64 cookie) { bpf_printk("%llu", cookie); }
__noinline u64 *pointer(u64 cookie) { return 0; }
__noinline u64 number(u64 cookie) { return 0; }

SEC("tc")
__attribute__((btf_decl_tag("exception_callback:nothing")))
int returns_nothing(struct __sk_buff *skb) { if (skb->len > 100) bpf_throw(1); return 0; }

SEC("tc")
__attribute__((btf_decl_tag("exception_callback:pointer")))
int returns_pointer(struct __sk_buff *skb) { if (skb->len > 100) bpf_throw(1); return 0; }

SEC("tc")
__attribute__((btf_decl_tag("exception_callback:number")))
int returns_number(struct __sk_buff *skb) { if (skb->len > 100) bpf_throw(1); return 0; }
