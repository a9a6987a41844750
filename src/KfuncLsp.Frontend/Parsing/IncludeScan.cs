using System.Collections.Concurrent;
using System.Text;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>What a file includes, found before it can be parsed: the include path depends on it.</summary>
/// <remarks>
/// Conditions are not evaluated, so it may hold more than the compiler will read, never less (macros as an include's name apart).
/// Large and generated headers are not entered.
/// </remarks>
internal sealed class IncludeScan
{
    private const int LargestFile = 1 << 20;
    private const int MostFiles = 400;

    private readonly IReadOnlyList<string> _directories;
    private readonly HeaderCache _headers;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private IncludeScan(IReadOnlyList<string> directories, HeaderCache headers)
    {
        // `-I=x` lies below a sysroot, which is not scanned.
        _directories = [.. directories.Where(Path.IsPathFullyQualified)];
        _headers = headers;
    }

    /// <summary>Names as written → the file, for those that were found.</summary>
    public Dictionary<string, string> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Names as written in the project's files that are nowhere.</summary>
    public HashSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>Macros that the files define (unconditionally or not).</summary>
    public HashSet<string> Defined { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of <see cref="Headers.LibbpfMacros"/> in the project's own files, system headers left out.</summary>
    public HashSet<string> Identifiers { get; } = new(StringComparer.Ordinal);

    public bool Includes(string name) => Found.ContainsKey(name) || Missing.Contains(name);

    /// <summary>Whether any file of that name, in whatever directory, is included.</summary>
    public bool IncludesFile(string fileName) =>
        Found.Keys.Concat(Missing).Any(name => name == fileName || name.EndsWith("/" + fileName, StringComparison.Ordinal));

    /// <summary>Follows the includes of a file through directories, in order.</summary>
    public static IncludeScan Run(string file, ReadOnlyMemory<byte>? text, IReadOnlyList<string> directories, HeaderCache headers)
    {
        var scan = new IncludeScan(directories, headers);
        var queue = new Queue<string>([file]);
        scan._seen.Add(file);
        if (text is { } buffer && !headers.ContainsKey(file)) headers[file] = ScannedHeader.Of(buffer.Span, withIdentifiers: true);
        while (queue.TryDequeue(out var next) && scan._seen.Count < MostFiles) scan.Enter(next, queue);
        return scan;
    }

    private void Enter(string file, Queue<string> queue)
    {
        var isSystem = file.StartsWith("/usr/", StringComparison.Ordinal);
        if (!_headers.TryGetValue(file, out var header)) _headers[file] = header = Read(file, withIdentifiers: !isSystem);
        if (header is null) return;

        Identifiers.UnionWith(header.Identifiers);
        foreach (var (kind, name, isQuoted) in header.Directives)
        {
            if (kind == DirectiveKind.Define)
            {
                Defined.Add(name);
                continue;
            }

            if (Locate(name, isQuoted ? Path.GetDirectoryName(file) : null) is not { } path)
            {
                // What a system header misses is the system's affair, and mostly behind a condition.
                if (!isSystem) Missing.Add(name);
            }
            else
            {
                Found.TryAdd(name, path);
                if (_seen.Add(path)) queue.Enqueue(path);
            }
        }
    }

    private string? Locate(string name, string? beside)
    {
        if (name.Contains('\0')) return null;
        if (Path.IsPathRooted(name)) return File.Exists(name) ? name : null;
        foreach (var directory in beside is null ? _directories : _directories.Prepend(beside))
        {
            var path = Path.GetFullPath(name, directory);
            if (File.Exists(path)) return path;
        }

        return null;
    }

    private static ScannedHeader? Read(string file, bool withIdentifiers)
    {
        // Large, generated, and without a single macro.
        if (Path.GetFileName(file) == "bpf_helper_defs.h") return null;
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= LargestFile } stamp ? ScannedHeader.OfFile(stamp, withIdentifiers) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>The headers that were read for one file's command, by path; null for those that cannot or need not be read.</summary>
internal sealed class HeaderCache : Dictionary<string, ScannedHeader?>
{
    public HeaderCache() : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>What one header says, whoever includes it.</summary>
internal sealed record ScannedHeader(List<(DirectiveKind Kind, string Name, bool IsQuoted)> Directives, HashSet<string> Identifiers)
{
    private const int MostRemembered = 2_000;

    /// <summary>Headers as they were when last read: an editor asks with every keystroke, and they hardly ever change.</summary>
    private static readonly ConcurrentDictionary<(string Path, bool WithIdentifiers), (DateTime Time, long Length, ScannedHeader Header)> s_remembered = new();

    public static ScannedHeader OfFile(FileInfo file, bool withIdentifiers)
    {
        var key = (file.FullName, withIdentifiers);
        if (s_remembered.TryGetValue(key, out var known) && known.Time == file.LastWriteTimeUtc && known.Length == file.Length) return known.Header;

        var header = Of(PlainFile.ReadBytes(file.FullName), withIdentifiers);
        if (s_remembered.Count >= MostRemembered) s_remembered.Clear();
        s_remembered[key] = (file.LastWriteTimeUtc, file.Length, header);
        return header;
    }

    public static ScannedHeader Of(ReadOnlySpan<byte> text, bool withIdentifiers)
    {
        var identifiers = new HashSet<string>(StringComparer.Ordinal);
        return new(Parsing.Directives.Of(text, withIdentifiers ? identifiers : null), identifiers);
    }
}
