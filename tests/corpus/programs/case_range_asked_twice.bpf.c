/* What lies in no range of a switch is not in it the second time. */
#include "kfuncs.h"

extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
u32 seen;
SEC("syscall") int twice(u32 *ctx)
{
	u32 number = ctx[0];
	switch (number) {
	case 1 ... 5:
		bpf_preempt_disable();
	}
	seen++;
	switch (number) {
	case 1 ... 5:
		bpf_preempt_enable();
	}
	return 0;
}
SEC("syscall") int then_compared(u32 *ctx)
{
	u32 number = ctx[0];
	switch (number) {
	case 1 ... 5:
		bpf_preempt_disable();
	}
	seen++;
	if (number >= 1 && number <= 5)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int then_shifted(u32 *ctx)
{
	u8 number = ctx[0];
	switch (number) {
	case 0x40 ... 0x4f:
		bpf_preempt_disable();
	}
	seen++;
	if (number >> 4 == 4)
		bpf_preempt_enable();
	return 0;
}
SEC("syscall") int wider_the_second_time(u32 *ctx)
{
	u32 number = ctx[0];
	switch (number) {
	case 1 ... 5:
		bpf_preempt_disable();
	}
	seen++;
	switch (number) {
	case 1 ... 6:
		bpf_preempt_enable();
	}
	return 0;
}
SEC("syscall") int narrower_the_second_time(u32 *ctx)
{
	u32 number = ctx[0];
	switch (number) {
	case 1 ... 5:
		bpf_preempt_disable();
	}
	seen++;
	switch (number) {
	case 2 ... 5:
		bpf_preempt_enable();
	}
	return 0;
}
