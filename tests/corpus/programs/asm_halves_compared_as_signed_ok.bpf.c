/* The lower half of a register has bounds as a signed number, too: a branch that they rule out is not looked at. */
#include "kfuncs.h"

SEC("socket")
__attribute__((naked)) int between(void)
{
	asm volatile (
	"call 7;"
	"w1 = w0;"
	"if w1 s< -8 goto 1f;"
	"if w1 s> 10 goto 1f;"
	"if w1 s> 12 goto 2f;"
	"1: r0 = 0;"
	"exit;"
	"2: r0 = *(u64 *)(r1 + 0);"
	"exit;"
	::: "r0", "r1");
}
