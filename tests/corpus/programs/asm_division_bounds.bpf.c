/* Newer kernels know what division by a constant leaves of a number: a branch that it rules out is not looked at. */
#include "kfuncs.h"

SEC("socket")
__attribute__((naked)) int quotient(void)
{
	asm volatile (
	"call 7;"
	"r1 = r0;"
	"r1 &= 15;"
	"r1 /= 4;"
	"if r1 > 3 goto 1f;"
	"r0 = 0;"
	"exit;"
	"1: r0 = *(u64 *)(r1 + 0);"
	"exit;"
	::: "r0", "r1");
}

SEC("socket")
__attribute__((naked)) int rest(void)
{
	asm volatile (
	"call 7;"
	"r1 = r0;"
	"r1 %%= 4;"
	"if r1 > 3 goto 1f;"
	"r0 = 0;"
	"exit;"
	"1: r0 = *(u64 *)(r1 + 0);"
	"exit;"
	::: "r0", "r1");
}
