/* A lock and a struct with a bit-field inside a byte in one section, and in two. */
#include "own.h"

struct config { u32 low : 3, high : 5; };
private(A) struct bpf_spin_lock near;
private(A) struct config config_near;
private(B) struct bpf_spin_lock far;
private(C) struct config config_far;

SEC("tc")
int locks_near(struct __sk_buff *skb)
{
	bpf_spin_lock(&near);
	config_near.low = 2;
	bpf_spin_unlock(&near);
	return 0;
}

SEC("tc")
int locks_far(struct __sk_buff *skb)
{
	bpf_spin_lock(&far);
	config_far.low = 2;
	bpf_spin_unlock(&far);
	return 0;
}
