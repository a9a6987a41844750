/* Arguments of tracepoints that may be NULL, or an error in place of a pointer, by their place alone. */
#include "own.h"

SEC("tp_btf/sched_pi_setprio")
__attribute__((naked)) int may_be_null(void *ctx) { asm volatile ("r1 = *(u64 *)(r1 + 8); r1 = *(u32 *)(r1 + 0); r0 = 0; exit;" ::: "r0", "r1"); }

SEC("tp_btf/sched_pi_setprio")
__attribute__((naked)) int is_checked(void *ctx) { asm volatile ("r1 = *(u64 *)(r1 + 8); if r1 == 0 goto 1f; r1 = *(u32 *)(r1 + 0); 1: r0 = 0; exit;" ::: "r0", "r1"); }

SEC("tp_btf/sched_pi_setprio")
__attribute__((naked)) int is_there(void *ctx) { asm volatile ("r1 = *(u64 *)(r1 + 0); r1 = *(u32 *)(r1 + 0); r0 = 0; exit;" ::: "r0", "r1"); }

SEC("tp_btf/signal_generate")
__attribute__((naked)) int may_be_a_number(void *ctx) { asm volatile ("r1 = *(u64 *)(r1 + 8); r1 = *(u32 *)(r1 + 0); r0 = 0; exit;" ::: "r0", "r1"); }
