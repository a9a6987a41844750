using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;

namespace KfuncLsp.Extraction;

/// <summary>A struct's definition.</summary>
public sealed record StructDefinition(string Name, bool IsUnion, ImmutableArray<CMember> Members, CFile File, int Line, bool HasAttributes);

/// <summary>Where the tree's structs are defined, by name.</summary>
internal sealed class StructIndex
{
    private static readonly string[] Folders = ["include/linux", "include/net", "include/uapi", "kernel", "net", "fs", "io_uring", "drivers/hid/bpf", "mm"];

    private readonly SourceTree _tree;
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StructDefinition?> _known = new(StringComparer.Ordinal);

    /// <summary>Indexes the headers, then the given files, where a struct may be private.</summary>
    public StructIndex(SourceTree tree, IEnumerable<CFile> also)
    {
        _tree = tree;
        foreach (var path in Folders.SelectMany(f => tree.FilesUnder(f, "*.h"))) Index(path);
        foreach (var file in also) Index(file.Path);
    }

    public StructDefinition? Find(string name)
    {
        if (_known.TryGetValue(name, out var definition)) return definition;
        return _known[name] = _places.TryGetValue(name, out var path) && _tree.Read(path) is { } file ? In(file, name) : null;
    }

    /// <summary>Lines that open a struct name it and end in a brace; the definition itself is then read from tokens.</summary>
    private void Index(string path)
    {
        foreach (var text in (_tree.Text(path) ?? "").AsSpan().EnumerateLines())
        {
            var line = text.StartsWith("typedef ") ? text["typedef ".Length..] : text;
            if (!line.StartsWith("struct ") && !line.StartsWith("union ")) continue;
            var rest = line[(line.IndexOf(' ') + 1)..];
            var length = 0;
            while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_')) length++;
            if (length > 0 && rest[length..].TrimStart().StartsWith("{")) _places.TryAdd(rest[..length].ToString(), path);
        }
    }

    private static StructDefinition? In(CFile file, string name)
    {
        for (var i = 0; i + 2 < file.Tokens.Length; i++)
        {
            if (file.Tokens[i].Text is not ("struct" or "union") || file.Tokens[i + 1].Text != name || !file.Tokens[i + 2].Is("{")) continue;
            var close = CItems.Closing(file.Tokens, i + 2);
            var hasAttributes = close + 1 < file.Tokens.Length && file.Tokens[close + 1].IsIdentifier;
            return new(name, file.Tokens[i].Is("union"), CStruct.Members(file.Tokens, i + 2, close), file, file.Tokens[i].Line, hasAttributes);
        }

        return null;
    }
}
