#include "own.h"

SEC("netfilter") __attribute__((naked)) int asm_netfilter_context_half_bad(void)
{
	asm volatile (" \
	r2 = *(u32 *)(r1 + 8); \
	r0 = 1; \
	exit; \
");
}
