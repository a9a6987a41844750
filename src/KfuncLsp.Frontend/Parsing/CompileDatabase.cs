using System.Collections.Immutable;
using System.Text.Json;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>One entry of a compile database: the file as an absolute path, the compiler apart from its arguments.</summary>
internal sealed record DatabaseEntry(string File, string Directory, string Compiler, ImmutableArray<string> Arguments)
{
    /// <summary>Whether it surely compiles for BPF: by its compiler, its target or the file's name.</summary>
    public bool IsBpf =>
        Path.GetFileName(Compiler).Contains("bpf", StringComparison.Ordinal)
        || File.EndsWith(".bpf.c", StringComparison.Ordinal)
        || TargetFlag.Of(Arguments) is { } target && target.StartsWith("bpf", StringComparison.Ordinal);
}

/// <summary>A <c>compile_commands.json</c>.</summary>
internal sealed record CompileDatabase(string Path, ImmutableArray<DatabaseEntry> Entries)
{
    public const string FileName = "compile_commands.json";

    private static readonly string[] s_wrappers = ["ccache", "sccache", "distcc", "icecc", "env", "nice"];
    private static (string Path, DateTime Time, long Length, CompileDatabase? Database, string? Problem) s_last;

    /// <summary>Reads a database. The last one read is remembered, as the files of a directory share theirs.</summary>
    /// <remarks>Errors: null and a sentence; entries that make no sense are left out.</remarks>
    public static (CompileDatabase? Database, string? Problem) Read(string path)
    {
        try
        {
            var stamp = new FileInfo(path);
            var last = s_last;
            if (last.Path == path && last.Time == stamp.LastWriteTimeUtc && last.Length == stamp.Length) return (last.Database, last.Problem);

            var (database, problem) = Parse(path, PlainFile.AsUtf8(PlainFile.ReadBytes(path)));
            s_last = (path, stamp.LastWriteTimeUtc, stamp.Length, database, problem);
            return (database, problem);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path} cannot be read: {unreadable.Message}");
        }
    }

    public static (CompileDatabase? Database, string? Problem) Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            if (json.Span.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf])) json = json[3..];
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Array) return (null, $"{path} is not a compile database: it holds no array");

            var root = System.IO.Path.GetDirectoryName(path)!;
            var entries = document.RootElement.EnumerateArray().Select(element => Entry(element, root)).OfType<DatabaseEntry>().ToImmutableArray();
            return (new CompileDatabase(path, entries), null);
        }
        catch (JsonException wrong)
        {
            return (null, $"{path}:{wrong.LineNumber + 1}: not JSON: {wrong.Message.Split(" LineNumber")[0].Split(" Path:")[0]}");
        }
    }

    /// <summary>The entries of a file; several where it is compiled several times.</summary>
    public ImmutableArray<DatabaseEntry> Exact(string file) => [.. Entries.Where(e => e.File == file)];

    /// <summary>The entry of the file that is most likely compiled alike: of the same kind, and nearest in the tree.</summary>
    public DatabaseEntry? Nearest(string file, bool isBpf) =>
        Entries.Where(e => e.IsBpf == isBpf).MaxBy(e => (SharedPrefix(e.File, file), -e.File.Length));

    private static int SharedPrefix(string left, string right)
    {
        var shared = 0;
        for (var i = 0; i < Math.Min(left.Length, right.Length) && left[i] == right[i]; i++)
            if (left[i] == '/') shared = i;
        return shared;
    }

    private static DatabaseEntry? Entry(JsonElement element, string root)
    {
        if (element.ValueKind != JsonValueKind.Object || Text(element, "file") is not { Length: > 0 } file) return null;

        var directory = System.IO.Path.GetFullPath(Text(element, "directory") ?? ".", root);
        var words = element.TryGetProperty("arguments", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)]
            : ShellWords.Split(Text(element, "command") ?? "");

        var compiler = 0;
        while (compiler < words.Length && (s_wrappers.Contains(System.IO.Path.GetFileName(words[compiler])) || IsAssignment(words[compiler]))) compiler++;
        return compiler >= words.Length ? null : new(System.IO.Path.GetFullPath(file, directory), directory, words[compiler], words[(compiler + 1)..]);
    }

    private static bool IsAssignment(string word) => word.Length > 0 && word[0] is not ('-' or '/') && word.Contains('=');

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Reads the target out of clang's arguments.</summary>
internal static class TargetFlag
{
    /// <summary>The last target given; null where there is none.</summary>
    public static string? Of(IReadOnlyList<string> arguments)
    {
        string? target = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "-target" or "--target" && i + 1 < arguments.Count) target = arguments[i + 1];
            else if (arguments[i].StartsWith("--target=", StringComparison.Ordinal)) target = arguments[i]["--target=".Length..];
        }

        return target;
    }
}
