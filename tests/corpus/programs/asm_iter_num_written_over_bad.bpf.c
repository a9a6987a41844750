#include "own.h"

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

/* Assembly alone leaves no BTF of what it calls. */
void names_for_btf(struct bpf_iter_num *it)
{
	bpf_iter_num_new(it, 0, 1);
	bpf_iter_num_next(it);
	bpf_iter_num_destroy(it);
}

SEC("raw_tp") __attribute__((naked)) int asm_iter_num_written_over_bad(void)
{
	asm volatile (" \
	r1 = r10; \
	r1 += -8; \
	r2 = 0; \
	r3 = 10; \
	call %[bpf_iter_num_new]; \
	r0 = 0; \
	*(u8 *)(r10 - 3) = r0; \
	r1 = r10; \
	r1 += -8; \
	call %[bpf_iter_num_destroy]; \
	r0 = 0; \
	exit; \
"	: : [bpf_iter_num_new]"i"(bpf_iter_num_new), [bpf_iter_num_destroy]"i"(bpf_iter_num_destroy)
	: "r0");
}
