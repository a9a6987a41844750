#include "own.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("tc") __attribute__((naked)) int asm_dynptr_discarded_ok(void)
{
	asm volatile (" \
	r1 = %[events] ll; \
	r2 = 8; \
	r3 = 0; \
	r4 = r10; \
	r4 += -16; \
	call %[bpf_ringbuf_reserve_dynptr]; \
	r0 = 0; \
	*(u64 *)(r10 - 24) = r0; \
	r1 = r10; \
	r1 += -16; \
	r2 = 0; \
	call %[bpf_ringbuf_discard_dynptr]; \
	r0 = 0; \
	exit; \
"	: : [events]"i"(&events), [bpf_ringbuf_reserve_dynptr]"i"(bpf_ringbuf_reserve_dynptr), [bpf_ringbuf_discard_dynptr]"i"(bpf_ringbuf_discard_dynptr)
	: "r0");
}
