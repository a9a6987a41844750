/* A sleepable call just before a region, another just after it. */
#include "kfuncs.h"

u64 n;
char a[16], b[16];

SEC("syscall")
int run(void *ctx)
{
	bpf_copy_from_user_str(a, sizeof(a), (void *)16, 0);
	bpf_rcu_read_lock();
	n++;
	bpf_rcu_read_unlock();
	bpf_copy_from_user_str(b, sizeof(b), (void *)32, 0);
	return 0;
}
