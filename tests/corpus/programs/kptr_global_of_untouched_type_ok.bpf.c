#include "own.h"
/* No member of the kptr's type is ever named. */
struct blob { char bytes[32]; };
SEC(".bss.kptr") __attribute__((visibility("hidden"), aligned(8))) struct blob __kptr *kept;

SEC("tc")
int drop(struct __sk_buff *skb)
{
	struct blob *old = bpf_kptr_xchg(&kept, NULL);

	if (old)
		obj_drop(old);
	return 0;
}
