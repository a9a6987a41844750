/* A classifier writes connections at most. */
#include "kfuncs.h"

SEC("tc")
int classify(struct __sk_buff *skb)
{
	struct cgroup *c = bpf_cgroup_from_id(1);

	if (c) {
		c->level = 0;
		bpf_cgroup_release(c);
	}
	return 0;
}
