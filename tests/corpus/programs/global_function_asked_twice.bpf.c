/* A global function that only computes is asked once, however often it is called; one that reads memory is asked each time. */
#include "kfuncs.h"

extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
u32 seen, setting;
int __noinline weighted(u32 number)
{
	return number * 7 % 13;
}
bool __noinline is_odd(u32 number)
{
	return number & 1;
}
int __noinline set_to(u32 number)
{
	return setting + number;
}
SEC("syscall") int computed(u32 *ctx)
{
	u32 number = ctx[0];
	if (weighted(number) > 3)
		bpf_preempt_disable();
	seen++;
	if (weighted(number) > 3)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int answered(u32 *ctx)
{
	u32 number = ctx[0];
	if (is_odd(number))
		bpf_preempt_disable();
	seen++;
	if (is_odd(number))
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int read_each_time(u32 *ctx)
{
	u32 number = ctx[0];
	if (set_to(number) > 3)
		bpf_preempt_disable();
	seen++;
	if (set_to(number) > 3)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int of_another_number(u32 *ctx)
{
	u32 number = ctx[0];
	if (weighted(number) > 3)
		bpf_preempt_disable();
	seen++;
	if (weighted(number + 1) > 3)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int asked_once(u32 *ctx)
{
	u32 number = ctx[0];
	if (set_to(number) > 3)
		bpf_preempt_disable();
	seen++;
	return 0;
}
