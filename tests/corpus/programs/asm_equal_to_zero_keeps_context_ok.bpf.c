#include "own.h"

/* The verifier does not take a context that equals 0 for NULL; a compiler would. */
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, __u64 flags, struct bpf_dynptr *ptr) __ksym;

void names_for_btf(struct __sk_buff *skb, struct bpf_dynptr *ptr)
{
	bpf_dynptr_from_skb(skb, 0, ptr);
}

SEC("tc") __attribute__((naked)) int asm_equal_to_zero_keeps_context_ok(void)
{
	asm volatile (" \
	r6 = r1; \
	if r6 != 0 goto l0_%=; \
	r1 = r6; \
	r2 = 0; \
	r3 = r10; \
	r3 += -16; \
	call %[bpf_dynptr_from_skb]; \
	l0_%=: r0 = 0; \
	exit; \
"	: : [bpf_dynptr_from_skb]"i"(bpf_dynptr_from_skb)
	: "r0");
}
