/* Most helpers ask for no licence. */
#define OWN_LICENCE "Proprietary"
#include "own.h"

u64 n;

SEC("tc")
int count(struct __sk_buff *skb)
{
	n += bpf_get_prandom_u32();
	n += bpf_ktime_get_coarse_ns() & 1;
	return 0;
}
