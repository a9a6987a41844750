#include "own.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr, u64 flags) __ksym;

char buf[16];

static __noinline long fetch(const void *from)
{
	char b[16];
	long n = bpf_copy_from_user_str(b, sizeof(b), from, 0);

	buf[0] = b[0];
	return n;
}

SEC("tp_btf/sys_enter")
int BPF_PROG(entry, struct pt_regs *regs, long id)
{
	return fetch((const void *)id) > 0;
}
