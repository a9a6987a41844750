/* LSM, sleepable: one of two ways to get a key, one way to give it back. */
#include "kfuncs.h"

u32 serial;

SEC("lsm.s/bpf")
int BPF_PROG(guard, int cmd, union bpf_attr *attr, unsigned int size)
{
	struct bpf_key *key;

	if (serial)
		key = bpf_lookup_user_key(serial, 0);
	else
		key = bpf_lookup_system_key(1);
	if (!key)
		return -1;
	bpf_key_put(key);
	return 0;
}
