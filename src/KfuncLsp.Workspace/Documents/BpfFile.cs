namespace KfuncLsp.Workspace.Documents;

/// <summary>Tells BPF programs from other C, so that a user-space file opened in the same editor is left alone.</summary>
internal static class BpfFile
{
    /// <summary>Whether a text bears any mark of a BPF program. Errs on the side of yes.</summary>
    public static bool LooksLikeBpf(string path, ReadOnlySpan<byte> text) =>
        path.EndsWith(".bpf.c", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".bpf.h", StringComparison.OrdinalIgnoreCase)
        || text.IndexOf("SEC("u8) >= 0 || text.IndexOf("__ksym"u8) >= 0 || text.IndexOf("bpf_helpers.h"u8) >= 0 || text.IndexOf("vmlinux.h"u8) >= 0;
}
