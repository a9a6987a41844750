#include "own.h"

/* Looks a socket up: tuple of zeros on the stack. */
#define LOOK_UP \
	"r2 = 0; *(u64 *)(r10 - 16) = r2; *(u64 *)(r10 - 24) = r2; *(u64 *)(r10 - 32) = r2; *(u64 *)(r10 - 40) = r2; *(u64 *)(r10 - 48) = r2;" \
	"r2 = r10; r2 += -48; r3 = 12; r4 = 0; r5 = 0; call %[bpf_sk_lookup_tcp];"

SEC("tc") __attribute__((naked)) int asm_packet_load_without_reference_ok(void)
{
	asm volatile (
		"r6 = r1;"
		"r0 = *(u8 *)skb[0];"
		"r1 = r6;"
		LOOK_UP
		"if r0 == 0 goto l0_%=;"
		"r1 = r0;"
		"call %[bpf_sk_release];"
		"l0_%=: r0 = *(u16 *)skb[2];"
		"exit;"
		: : [bpf_sk_lookup_tcp]"i"(bpf_sk_lookup_tcp), [bpf_sk_release]"i"(bpf_sk_release)
		: "r0");
}
