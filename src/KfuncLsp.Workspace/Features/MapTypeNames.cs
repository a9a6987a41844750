namespace KfuncLsp.Workspace.Features;

/// <summary>Map types as people write them.</summary>
/// <remarks>Source: v7.3 include/uapi/linux/bpf.h, enum bpf_map_type, which is ABI.</remarks>
internal static class MapTypeNames
{
    private static readonly string[] s_names =
    [
        "UNSPEC", "HASH", "ARRAY", "PROG_ARRAY", "PERF_EVENT_ARRAY", "PERCPU_HASH", "PERCPU_ARRAY", "STACK_TRACE", "CGROUP_ARRAY", "LRU_HASH",
        "LRU_PERCPU_HASH", "LPM_TRIE", "ARRAY_OF_MAPS", "HASH_OF_MAPS", "DEVMAP", "SOCKMAP", "CPUMAP", "XSKMAP", "SOCKHASH", "CGROUP_STORAGE",
        "REUSEPORT_SOCKARRAY", "PERCPU_CGROUP_STORAGE", "QUEUE", "STACK", "SK_STORAGE", "DEVMAP_HASH", "STRUCT_OPS", "RINGBUF", "INODE_STORAGE",
        "TASK_STORAGE", "BLOOM_FILTER", "USER_RINGBUF", "CGRP_STORAGE", "ARENA", "INSN_ARRAY", "RHASH",
    ];

    /// <summary>The kernel's name without <c>BPF_MAP_TYPE_</c>.</summary>
    public static string Of(int type) => type >= 0 && type < s_names.Length ? s_names[type] : $"map type {type}";
}
