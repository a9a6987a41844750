using System.Collections.Concurrent;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>What the user's own kernel tree says above a kfunc. Read when it is asked for, and never part of what is shipped.</summary>
/// <remarks>Shape: <see cref="File"/> is from the tree's root; <see cref="Text"/> is the comment without its frame, line by line.</remarks>
public sealed record KernelDoc(string File, string Text)
{
    private static readonly ConcurrentDictionary<(string Path, string Name), (DateTime Written, string? Text)> Known = new();

    /// <summary>The kernel-doc of a kfunc in a tree; null where the tree or the file has none.</summary>
    /// <remarks>Shape: <paramref name="models"/> tell in which files the kfunc was seen; the newest is tried first.</remarks>
    public static KernelDoc? Of(string tree, string name, IReadOnlyList<KernelModel> models)
    {
        foreach (var file in models.Reverse().Select(m => m.FindKfunc(name)).OfType<KfuncSignature>().Select(k => k.Source.Split(':')[0]).Distinct(StringComparer.Ordinal))
            if (Read(Path.Combine(tree, file), name) is { } text) return new(file, text);
        return null;
    }

    private static string? Read(string path, string name)
    {
        try
        {
            var written = System.IO.File.GetLastWriteTimeUtc(path);
            if (Known.TryGetValue((path, name), out var known) && known.Written == written) return known.Text;
            var text = System.IO.File.Exists(path) ? Find(PlainFile.ReadText(path), name) : null;
            Known[(path, name)] = (written, text);
            return text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The kernel-doc comment of a function within a source text: the one that begins with the function's name.</summary>
    internal static string? Find(string source, string name)
    {
        for (var start = source.IndexOf("/**", StringComparison.Ordinal); start >= 0; start = source.IndexOf("/**", start + 3, StringComparison.Ordinal))
        {
            var end = source.IndexOf("*/", start + 3, StringComparison.Ordinal);
            if (end < 0) return null;
            var lines = source[(start + 3)..end].Split('\n').Select(Unframed).ToList();
            var first = lines.FirstOrDefault(l => l.Length > 0) ?? "";
            if (first.StartsWith(name, StringComparison.Ordinal) && (first.Length == name.Length || first[name.Length] is '(' or ' ' or ':')) return string.Join('\n', lines).Trim('\n');
        }

        return null;
    }

    /// <summary>A comment's line without the star before it.</summary>
    private static string Unframed(string line)
    {
        var text = line.Trim();
        if (!text.StartsWith('*')) return text;
        return text.Length > 1 && text[1] == ' ' ? text[2..] : text[1..];
    }
}
