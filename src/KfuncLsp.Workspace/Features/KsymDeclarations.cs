using System.Collections.Concurrent;
using System.Text;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>Knows which kfuncs a file and its headers declare, and where one more declaration belongs.</summary>
internal static class KsymDeclarations
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written, long Size), HashSet<string>> s_headers = new();

    /// <summary>The functions declared as <c>__ksym</c> in the text as it is now, and in the headers that the last parse read.</summary>
    public static HashSet<string> In(FileSnapshot snapshot)
    {
        var names = new HashSet<string>(NamesIn(snapshot.Document.Text.Span), StringComparer.Ordinal);
        var unit = (snapshot.LastWhole ?? snapshot.Last)?.Unit;
        if (unit is null) return names;
        foreach (var item in unit.Externs)
            if (item.IsKsym && !item.InMainFile) names.Add(item.Name);
        foreach (var file in unit.Files)
            if (file != snapshot.Document.Path) names.UnionWith(InHeader(file));
        return names;
    }

    /// <summary>Whether a name in code is what a <c>__ksym</c> declaration declares.</summary>
    public static bool IsDeclaration(ReadOnlySpan<byte> code, Identifier name)
    {
        var rest = code[name.End..];
        var end = rest.IndexOfAny((byte)';', (byte)'{');
        if (end < 0 || rest[end] != ';') return false;
        var open = rest[..end].TrimStart(" \t\r\n"u8);
        return open.StartsWith("("u8) && rest[..end].IndexOf("__ksym"u8) > 0;
    }

    /// <summary>Whether a name is a parameter of a <c>__ksym</c> declaration.</summary>
    public static bool IsParameter(ReadOnlySpan<byte> text, Identifier name)
    {
        var start = text[..name.Start].LastIndexOfAny((byte)';', (byte)'}', (byte)'{') + 1;
        var end = text[name.End..].IndexOfAny((byte)';', (byte)'{');
        return end >= 0 && text[start..name.Start].Contains((byte)'(') && text.Slice(name.End, end).IndexOf("__ksym"u8) >= 0;
    }

    /// <summary>Where a declaration is inserted: behind the last one before the code at hand, else behind the last include, else at the start.</summary>
    /// <remarks>Units: bytes. Only places outside <c>#if</c> count.</remarks>
    public static int PlaceIn(ReadOnlySpan<byte> text, int before)
    {
        var (include, ksym, depth) = (-1, -1, 0);
        var from = 0;
        foreach (var piece in CLexer.Pieces(text))
        {
            if (depth == 0 && LastKsym(text, from, Math.Min(piece.Start, before)) is var found and >= 0) ksym = found;
            from = piece.End;
            if (piece.Start >= before) break;
            if (piece.Place != CPlace.Directive) continue;
            var directive = text.Slice(piece.Start + 1, piece.Length - 1).TrimStart(" \t"u8);
            if (directive.StartsWith("if"u8)) depth++;
            else if (directive.StartsWith("endif"u8)) depth--;
            else if (depth == 0 && directive.StartsWith("include"u8)) include = piece.End;
        }

        if (depth == 0 && from < before && LastKsym(text, from, before) is var last and >= 0) ksym = last;
        var place = Math.Max(include, ksym);
        return place < 0 ? 0 : NextLine(text, place);
    }

    /// <summary>Behind the semicolon of the last declaration in a stretch of code; -1 where there is none.</summary>
    private static int LastKsym(ReadOnlySpan<byte> text, int start, int end)
    {
        if (end <= start) return -1;
        var at = text[start..end].LastIndexOf("__ksym"u8);
        if (at < 0) return -1;
        var semicolon = text[(start + at)..end].IndexOf((byte)';');
        return semicolon < 0 ? -1 : start + at + semicolon + 1;
    }

    private static int NextLine(ReadOnlySpan<byte> text, int at)
    {
        var newline = text[at..].IndexOf((byte)'\n');
        return newline < 0 ? text.Length : at + newline + 1;
    }

    private static HashSet<string> InHeader(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? s_headers.GetOrAdd((path, file.LastWriteTimeUtc, file.Length), key => [.. NamesIn(File.ReadAllBytes(key.Path))]) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<string> NamesIn(ReadOnlySpan<byte> text)
    {
        var names = new List<string>();
        var at = 0;
        while (text[at..].IndexOf("__ksym"u8) is var next and >= 0)
        {
            var end = at + next;
            var start = Math.Max(at, text[at..end].LastIndexOfAny((byte)';', (byte)'}') is var stop and >= 0 ? at + stop + 1 : at);
            var open = text[start..end].IndexOf((byte)'(');
            if (open > 0)
            {
                var before = text.Slice(start, open).TrimEnd(" \t\r\n"u8);
                var name = Identifier.At(text, start + before.Length);
                if (name.Length > 0) names.Add(Encoding.UTF8.GetString(text.Slice(name.Start, name.Length)));
            }

            at = end + "__ksym"u8.Length;
        }

        return names;
    }
}
