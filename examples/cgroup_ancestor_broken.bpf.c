/* cgroup_ancestor.bpf.c with the wrong pointer released, and with a loop that keeps what it finds. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;

char LICENSE[] SEC("license") = "GPL";

u64 ancestor_id;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(releases_the_argument, struct cgroup *cgrp, const char *path)
{
	struct cgroup *ancestor;

	ancestor = bpf_cgroup_ancestor(cgrp, 1);
	if (!ancestor)
		return 0;
	ancestor_id = ancestor->kn->id;
	bpf_cgroup_release(cgrp);	/* the tracepoint's, never acquired here */
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(keeps_one_of_three, struct cgroup *cgrp, const char *path)
{
	struct cgroup *ancestor;
	int level;

	for (level = 1; level < 4; level++) {
		ancestor = bpf_cgroup_ancestor(cgrp, level);
		if (!ancestor)
			break;
		if (ancestor->kn->id == ancestor_id)
			break;	/* found, but still held */
		bpf_cgroup_release(ancestor);
	}
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(reads_unchecked, struct cgroup *cgrp, const char *path)
{
	struct cgroup *ancestor;

	ancestor = bpf_cgroup_ancestor(cgrp, 1);
	bpf_cgroup_release(ancestor);	/* a cgroup of level 0 has no such ancestor */
	return 0;
}
