/* A cgroup kept in a map is read under RCU without taking it out. */
#include "kfuncs.h"
struct slot { struct cgroup __kptr *cg; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct slot); } slots SEC(".maps");

u64 id;

SEC("syscall")
int peek(void *ctx)
{
	struct cgroup *cg;
	struct slot *s;
	u32 key = 0;

	s = bpf_map_lookup_elem(&slots, &key);
	if (!s)
		return 0;
	bpf_rcu_read_lock();
	cg = s->cg;
	if (cg)
		id = cg->kn->id;
	bpf_rcu_read_unlock();
	return 0;
}
