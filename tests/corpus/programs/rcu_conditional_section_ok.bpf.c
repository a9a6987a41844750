/* The same condition opens and closes the section. */
#include "kfuncs.h"

u64 n;

SEC("syscall")
int run(u32 *ctx)
{
	u32 locked = *ctx;

	if (locked)
		bpf_rcu_read_lock();
	n += bpf_ktime_get_ns() & 1;
	if (locked)
		bpf_rcu_read_unlock();
	return 0;
}
