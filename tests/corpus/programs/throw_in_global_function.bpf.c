/* A global function that may throw, called while something is owned. Kernels before 7.2 look at the function alone. */
#include "own.h"

extern struct cgroup *bpf_cgroup_from_id(__u64 id) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;
extern void bpf_throw(__u64 cookie) __ksym;

__noinline int limited(__u32 value)
{
	if (value > 10)
		bpf_throw(value);
	return value;
}

static __noinline int limited_again(__u32 value)
{
	return limited(value) + 1;
}

__noinline int harmless(__u32 value)
{
	return value * 3;
}

SEC("tc")
int holding(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);
	int result;

	if (!cgrp)
		return 0;
	result = limited(skb->len);
	bpf_cgroup_release(cgrp);
	return result;
}

SEC("tc")
int holding_deeper(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);
	int result;

	if (!cgrp)
		return 0;
	result = limited_again(skb->len);
	bpf_cgroup_release(cgrp);
	return result;
}

SEC("tc")
int holding_harmless(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);
	int result;

	if (!cgrp)
		return 0;
	result = harmless(skb->len);
	bpf_cgroup_release(cgrp);
	return result;
}

SEC("tc")
int holding_nothing(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);

	if (cgrp)
		bpf_cgroup_release(cgrp);
	return limited(skb->len);
}
