/* LSM, sleepable: a signature is checked against a system keyring. */
#include "kfuncs.h"

char data[64], sig[64];

SEC("lsm.s/bpf")
int BPF_PROG(guard, int cmd, union bpf_attr *attr, unsigned int size)
{
	struct bpf_dynptr d, s;
	struct bpf_key *key;
	int ret;

	bpf_dynptr_from_mem(data, sizeof(data), 0, &d);
	bpf_dynptr_from_mem(sig, sizeof(sig), 0, &s);
	key = bpf_lookup_system_key(0);
	if (!key)
		return 0;
	ret = bpf_verify_pkcs7_signature(&d, &s, key);
	bpf_key_put(key);
	return ret ? -1 : 0;
}
