/* The same from a program that may sleep, and no RCU section. */
#include "kfuncs.h"
struct slot { struct cgroup __kptr *cg; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

SEC("syscall")
int peek(void *ctx)
{
	struct cgroup *cg, *up;
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&slots, &key);
	if (!s)
		return 0;
	cg = s->cg;
	if (!cg)
		return 0;
	up = bpf_cgroup_ancestor(cg, 0);
	if (up)
		bpf_cgroup_release(up);
	return 0;
}
