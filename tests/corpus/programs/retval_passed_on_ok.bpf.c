/* What another program has answered may be answered again. */
#include "kfuncs.h"

SEC("cgroup/bind4")
int bind(struct bpf_sock_addr *ctx)
{
	bpf_set_retval(bpf_get_retval());
	return 1;
}

SEC("cgroup/sysctl")
int sysctl(struct bpf_sysctl *ctx)
{
	int answer = bpf_get_retval();

	if (answer)
		bpf_set_retval(answer);
	return 1;
}
