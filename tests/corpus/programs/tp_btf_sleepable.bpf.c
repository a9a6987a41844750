#include "own.h"
extern int bpf_copy_from_user_str(void *dst, u32 size, const void *src, u64 flags) __ksym;

char text[16];

/* System calls are traced where a program may sleep. */
SEC("tp_btf.s/sys_enter")
int BPF_PROG(entered, struct pt_regs *regs, long id)
{
	bpf_copy_from_user_str(text, sizeof(text), (const void *)0x1000, 0);
	return 0;
}
