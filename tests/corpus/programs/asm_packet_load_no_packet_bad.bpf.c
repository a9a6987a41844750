#include "own.h"
/* The instruction that reads a packet is for programs whose context is one. */
SEC("flow_dissector")
__attribute__((naked)) int first_byte(void)
{
	asm volatile ("r6 = r1; r0 = *(u8 *)skb[0]; r0 = 0; exit;" ::: "memory");
}

SEC("lsm/file_open")
__attribute__((naked)) int opened(void)
{
	asm volatile ("r6 = r1; r0 = *(u8 *)skb[0]; r0 = 0; exit;" ::: "memory");
}
