#include "own.h"

/* A socket that is being made takes options only on newer kernels. */
SEC("cgroup/sock_create")
int set(struct bpf_sock *sk)
{
	int mark = 1;

	bpf_setsockopt(sk, 1, 36, &mark, sizeof(mark));
	return 1;
}

SEC("cgroup/sock_create")
int get(struct bpf_sock *sk)
{
	int mark = 0;

	bpf_getsockopt(sk, 1, 36, &mark, sizeof(mark));
	return mark == 0;
}
