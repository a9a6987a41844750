/* A global function gives a number. */
#include "own.h"

u64 shared;
__noinline u64 *where(u64 n) { return n > 4 ? &shared : 0; }
__noinline void nothing(u64 n) { shared = n; }

SEC("tc")
int asks(struct __sk_buff *skb) { return where(skb->len) ? 1 : 0; }

SEC("tc")
int tells(struct __sk_buff *skb) { nothing(skb->len); return 0; }
