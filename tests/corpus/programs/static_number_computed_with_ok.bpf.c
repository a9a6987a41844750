/* A static variable that nobody writes is a constant in arithmetic, too. */
#include "kfuncs.h"

extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
static u32 mask = 6;
static u64 wide = 0x100000006;
static u32 table[3] = {1, 6, 9};
static u32 rounds = 3;
u64 seen;
SEC("syscall") int masked(u32 *ctx)
{
	if (mask & 2)
		bpf_preempt_disable();
	seen++;
	if (mask & 2)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int shifted(u32 *ctx)
{
	if (wide >> 32 == 1)
		bpf_preempt_disable();
	seen++;
	if (wide >> 32 == 1)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int added(u32 *ctx)
{
	if (table[0] + table[1] == 7)
		bpf_preempt_disable();
	seen++;
	if (table[0] + table[1] == 7)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int multiplied(u32 *ctx)
{
	if (mask * 2 > 10)
		bpf_preempt_disable();
	seen++;
	if (mask * 2 > 10)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int divided(u32 *ctx)
{
	if (mask % 4 == 2)
		bpf_preempt_disable();
	seen++;
	if (mask % 4 == 2)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int with_a_number(u32 *ctx)
{
	u32 number = ctx[0];
	if (number & mask)
		bpf_preempt_disable();
	seen++;
	if (number & mask)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int rounds_of_a_loop(u32 *ctx)
{
	u32 i;
	for (i = 0; i < rounds; i++)
		bpf_preempt_disable();
	seen++;
	for (i = 0; i < rounds; i++)
		bpf_preempt_enable();
	return 0;
}
