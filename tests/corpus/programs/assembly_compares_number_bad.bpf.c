#include "own.h"
/* The compiler does not see what assembly compares; to the verifier the number stays one. */
SEC("tc")
int equal(struct __sk_buff *skb)
{
	u64 number = skb->len;

	asm volatile goto("if %[number] == 4096 goto %l[is]" : : [number] "r"(number) : : is);
	return 0;
is:
	return *(u64 *)number;
}
