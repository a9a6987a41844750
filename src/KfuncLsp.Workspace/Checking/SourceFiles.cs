using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Says of a file whether it can be C source at all, before a parser sees it.</summary>
public static class SourceFiles
{
    /// <summary>The largest file that is parsed; a full vmlinux.h has four megabytes.</summary>
    /// <remarks>Units: bytes.</remarks>
    public const int MaximumBytes = 32 << 20;

    /// <summary>Why the file cannot be checked, and null where it can be tried.</summary>
    /// <remarks>Errors: nothing is thrown for a missing, unreadable, huge or binary file; that is what the answer says.</remarks>
    public static UnitIssue? Refuse(string path)
    {
        try
        {
            if (Directory.Exists(path)) return Unreadable(path, "it is a directory");
            var file = new FileInfo(path);
            if (!file.Exists) return Unreadable(path, "there is no such file");
            if (RefuseName(path) is { } name) return Unreadable(path, name);
            if (file.Length > MaximumBytes)
                return Unreadable(path, $"it has {file.Length >> 20} MB; files of up to {MaximumBytes >> 20} MB are read");
            if (PlainFile.IsHollow(path)) return null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var head = new byte[8192];
            return RefuseContent(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false))) is { } content
                ? Unreadable(path, content) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Unreadable(path, e is UnauthorizedAccessException ? "permission denied" : e.Message);
        }
    }

    /// <summary>Why a buffer cannot be checked; null where it can be tried.</summary>
    public static string? RefuseContent(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\u007fELF"u8)) return "it is an object file; check the C source that it was compiled from";
        return head.Contains((byte)0) ? "it is binary, not C source" : null;
    }

    private static string? RefuseName(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".c" or ".h" or ".i" or ".inc" or ".bpf" or "" => null,
        ".o" => "it is an object file; check the C source that it was compiled from",
        ".cc" or ".cpp" or ".cxx" or ".hpp" or ".hh" => "it is C++; BPF programs are checked in C",
        var other => $"its name says that it isn't C ({other}); C sources end in .c or .h",
    };

    private static UnitIssue Unreadable(string path, string why) =>
        new(UnitIssueKind.Unreadable, $"cannot check {Path.GetFileName(path)}: {why}", new(path, 0, 0));
}
