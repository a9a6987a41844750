/* In the program itself, or in what is a part of it, it is. */
#include "kfuncs.h"

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, u32);
	__type(value, u32);
} programs SEC(".maps");
static __always_inline int jump(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &programs, 0);
	return 0;
}
SEC("tc") int program_owns(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);
	if (!cgrp)
		return 0;
	bpf_tail_call(skb, &programs, 0);
	bpf_cgroup_release(cgrp);
	return 0;
}
SEC("tc") int part_of_the_program(struct __sk_buff *skb)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(1);
	if (!cgrp)
		return 0;
	jump(skb);
	bpf_cgroup_release(cgrp);
	return 0;
}
