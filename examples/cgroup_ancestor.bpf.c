/* Walks from a new cgroup to the ancestor at a level, and tells whose child it is. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;

char LICENSE[] SEC("license") = "GPL";

const volatile int level = 1;
u64 ancestor_id;

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(note_ancestor, struct cgroup *cgrp, const char *path)
{
	struct cgroup *ancestor;

	if (cgrp->level <= level)
		return 0;
	ancestor = bpf_cgroup_ancestor(cgrp, level);
	if (!ancestor)
		return 0;
	ancestor_id = ancestor->kn->id;
	bpf_cgroup_release(ancestor);
	return 0;
}
