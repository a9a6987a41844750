/*
 * The kernel types that the programs in this folder use, and no others.
 *
 * A real project generates this file from its kernel:
 *     bpftool btf dump file /sys/kernel/btf/vmlinux format c > vmlinux.h
 * These declarations name only the fields that are read. `preserve_access_index` makes
 * libbpf look up each field's real place in the running kernel when a program is loaded.
 */
#ifndef __VMLINUX_H__
#define __VMLINUX_H__

typedef _Bool bool;
typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

enum { false = 0, true = 1 };
#define NULL ((void *)0)

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct task_struct {
	unsigned int flags;
	int prio;
	int pid;
	int tgid;
	struct task_struct *real_parent;
	struct css_set *cgroups;
	char comm[16];
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct cgroup {
	int level;
	struct kernfs_node *kn;
};

struct kernfs_node {
	u64 id;
};

struct cpumask {
	unsigned long bits[1];
};

struct bpf_cpumask {
	struct cpumask cpumask;
};

#pragma clang attribute pop

/* What the tracepoints pass: their first argument is the tracer's own. */
typedef void (*btf_trace_task_newtask)(void *, struct task_struct *, u64);
typedef void (*btf_trace_cgroup_mkdir)(void *, struct cgroup *, const char *);

#endif
