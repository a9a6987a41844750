using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Frontend.Headers;

/// <summary>The names that newer libbpf headers brought, with the release that brought each.</summary>
/// <remarks>Source: tools/lib/bpf/bpf_helpers.h, bpf_core_read.h and bpf_tracing.h over libbpf's releases.</remarks>
public static class LibbpfMacros
{
    /// <summary>Name → libbpf release.</summary>
    public static ImmutableSortedDictionary<string, string> Since { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bpf_for"] = "1.2", ["bpf_for_each"] = "1.2", ["bpf_repeat"] = "1.2", ["bpf_ksym_exists"] = "1.2", ["__kptr_untrusted"] = "1.2",
        ["BPF_UPROBE"] = "1.2", ["BPF_URETPROBE"] = "1.2",
        ["PT_REGS_PARM6"] = "1.2", ["PT_REGS_PARM7"] = "1.2", ["PT_REGS_PARM8"] = "1.2",
        ["__percpu_kptr"] = "1.3",
        ["__arg_ctx"] = "1.4", ["__arg_nonnull"] = "1.4", ["__arg_nullable"] = "1.4", ["__arg_trusted"] = "1.4", ["__arg_arena"] = "1.4",
        ["bpf_core_cast"] = "1.4", ["BPF_CORE_WRITE_BITFIELD"] = "1.4",
        ["__uptr"] = "1.5", ["__bpf_fastcall"] = "1.5",
        ["__arg_untrusted"] = "1.7", ["bpf_stream_printk"] = "1.7",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly (byte[] Bytes, string Name)[] s_names = [.. Since.Keys.Select(n => (Encoding.ASCII.GetBytes(n), n))];
    private static readonly SearchValues<byte> s_initials = SearchValues.Create([.. s_names.Select(n => n.Bytes[0]).Distinct()]);

    /// <summary>The name that a word of a text is; null for any other word. Nothing is made for those: they are nearly all.</summary>
    public static string? Find(ReadOnlySpan<byte> word)
    {
        if (!s_initials.Contains(word[0])) return null;
        foreach (var (bytes, name) in s_names)
            if (word.SequenceEqual(bytes)) return name;
        return null;
    }
}
