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

SEC("syscall")
int entry(u64 *args)
{
	return fetch((const void *)args[0]) > 0;
}
