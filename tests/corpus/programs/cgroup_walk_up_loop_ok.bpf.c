/* Climbs to the root one ancestor at a time, holding one reference. */
#include "kfuncs.h"

u64 climbed;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(made, struct cgroup *cgrp, const char *path)
{
	struct cgroup *up;

	for (int level = 0; level < 8; level++) {
		up = bpf_cgroup_ancestor(cgrp, level);
		if (!up)
			break;
		climbed += up->level;
		bpf_cgroup_release(up);
	}
	return 0;
}
