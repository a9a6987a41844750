/* An LSM program of a control group. */
#include "kfuncs.h"

u64 n;

SEC("lsm_cgroup/socket_bind")
int BPF_PROG(bind, struct socket *sock, struct sockaddr *address, int addrlen)
{
	struct bpf_iter_num it;

	bpf_iter_num_new(&it, 0, 3);
	while (bpf_iter_num_next(&it))
		n++;
	bpf_iter_num_destroy(&it);
	return 1;
}
