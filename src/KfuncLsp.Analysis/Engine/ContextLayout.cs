using System.Collections.Frozen;
using System.Collections.Immutable;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Which members of a program's context are pointers, by offset: for code that names none.</summary>
/// <remarks>Units: bytes. Source: include/uapi/linux/bpf.h, whose structs keep their layout for good.</remarks>
internal static class ContextLayout
{
    private static readonly FrozenDictionary<string, ImmutableArray<(long Offset, string Name)>> s_pointers = new Dictionary<string, ImmutableArray<(long Offset, string Name)>>
    {
        ["__sk_buff"] = [(76, "data"), (80, "data_end"), (140, "data_meta"), (144, "flow_keys"), (168, "sk")],
        ["xdp_md"] = [(0, "data"), (4, "data_end"), (8, "data_meta")],
        ["sk_msg_md"] = [(0, "data"), (8, "data_end"), (72, "sk")],
        ["sk_reuseport_md"] = [(0, "data"), (8, "data_end"), (40, "sk"), (48, "migrating_sk")],
        ["bpf_sock_addr"] = [(64, "sk")],
        ["bpf_sock_ops"] = [(184, "sk"), (192, "skb_data"), (200, "skb_data_end")],
        ["bpf_sk_lookup"] = [(0, "sk")],
        ["bpf_sockopt"] = [(0, "sk"), (8, "optval"), (16, "optval_end")],
    }.ToFrozenDictionary();

    /// <summary>The pointer at an offset; empty where a number is.</summary>
    public static string MemberAt(Site site, long offset)
    {
        if (site.Program.Kind is not { } kind || !site.Model.Contexts.TryGetValue(kind.Type, out var context) || !s_pointers.TryGetValue(context.BpfName, out var pointers)) return "";
        foreach (var (at, name) in pointers)
            if (at == offset) return name;
        return "";
    }
}
