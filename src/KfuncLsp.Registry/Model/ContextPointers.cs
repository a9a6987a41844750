using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>The members of one context struct that are pointers once they are loaded.</summary>
/// <remarks>Units: bytes. <paramref name="Layout"/> is where the struct stands, <paramref name="Access"/> where the verifier is told what a load of them gives.</remarks>
public sealed record ContextPointerRow(string Struct, string Layout, string Access, ImmutableArray<(long Offset, string Name)> Pointers);

/// <summary>Which members of a program's context are pointers, by offset: for code that names none, as assembly does.</summary>
/// <remarks>
/// Written by hand: structs of the uapi keep their layout for good, and which member is a pointer each <c>is_valid_access</c> says in code of
/// its own. A test holds the offsets against the header <c>linux/bpf.h</c>.
/// </remarks>
public static class ContextPointers
{
    public static ImmutableArray<ContextPointerRow> All { get; } =
    [
        new("__sk_buff", "include/uapi/linux/bpf.h:6442@7.3.4", "net/core/filter.c:9433@7.3.4", [(76, "data"), (80, "data_end"), (140, "data_meta"), (144, "flow_keys"), (168, "sk")]),
        new("xdp_md", "include/uapi/linux/bpf.h:6662@7.3.4", "net/core/filter.c:9513@7.3.4", [(0, "data"), (4, "data_end"), (8, "data_meta")]),
        new("sk_msg_md", "include/uapi/linux/bpf.h:6707@7.3.4", "net/core/filter.c:9812@7.3.4", [(0, "data"), (8, "data_end"), (72, "sk")]),
        new("sk_reuseport_md", "include/uapi/linux/bpf.h:6723@7.3.4", "net/core/filter.c:11841@7.3.4", [(0, "data"), (8, "data_end"), (40, "sk"), (48, "migrating_sk")]),
        new("bpf_sock_addr", "include/uapi/linux/bpf.h:6985@7.3.4", "net/core/filter.c:9583@7.3.4", [(64, "sk")]),
        new("bpf_sock_ops", "include/uapi/linux/bpf.h:7014@7.3.4", "net/core/filter.c:9704@7.3.4", [(184, "sk"), (192, "skb_data"), (200, "skb_data_end")]),
        new("bpf_sk_lookup", "include/uapi/linux/bpf.h:7657@7.3.4", "net/core/filter.c:12022@7.3.4", [(0, "sk")]),
        new("bpf_sockopt", "include/uapi/linux/bpf.h:7640@7.3.4", "kernel/bpf/cgroup.c:2604@7.3.4", [(0, "sk"), (8, "optval"), (16, "optval_end")]),
    ];

    /// <summary>The pointer at an offset of a struct; empty where a number is, or nothing is known.</summary>
    public static string NameAt(string structName, long offset)
    {
        foreach (var row in All)
        {
            if (row.Struct != structName) continue;
            foreach (var (at, name) in row.Pointers)
                if (at == offset) return name;
        }

        return "";
    }
}
