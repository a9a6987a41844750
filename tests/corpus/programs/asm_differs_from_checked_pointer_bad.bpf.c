#include "own.h"

/* What differs from a pointer that is not NULL may be NULL. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} values SEC(".maps");

SEC("tc") __attribute__((naked)) int asm_differs_from_checked_pointer_bad(void)
{
	asm volatile (" \
	r0 = 0; \
	*(u32 *)(r10 - 4) = r0; \
	r1 = %[values] ll; \
	r2 = r10; \
	r2 += -4; \
	call %[bpf_map_lookup_elem]; \
	r6 = r0; \
	r1 = %[values] ll; \
	r2 = r10; \
	r2 += -4; \
	call %[bpf_map_lookup_elem]; \
	r7 = r0; \
	if r6 == 0 goto l0_%=; \
	if r7 == r6 goto l0_%=; \
	r1 = *(u64 *)(r7 + 0); \
	l0_%=: r0 = 0; \
	exit; \
"	: : [values]"i"(&values), [bpf_map_lookup_elem]"i"(bpf_map_lookup_elem)
	: "r0");
}
