/* A tail call in a function of its own is not asked for the references of its caller. */
#include "kfuncs.h"

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, u32);
	__type(value, u32);
} programs SEC(".maps");
static __noinline int jump(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &programs, 0);
	return 0;
}
SEC("tc") int caller_owns(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);
	if (!cgrp)
		return 0;
	jump(skb);
	bpf_cgroup_release(cgrp);
	return 0;
}
