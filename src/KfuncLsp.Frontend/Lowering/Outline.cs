using System.Collections.Immutable;
using KfuncLsp.Frontend.Interop;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>What stands between the braces of a function of the main file.</summary>
/// <remarks>
/// Units: bytes of the main file; the braces themselves are outside. <paramref name="IsOpen"/>: it is read anew with every version, because it has an
/// error, a directive, or declarations that code behind it can see.
/// </remarks>
internal readonly record struct Body(string Function, int Start, int End, bool IsOpen = false)
{
    public bool Holds(int position) => position >= Start && position < End;
}

/// <summary>
/// What can be told of the text around: <paramref name="Counters"/> are macros that say how often they were expanded before,
/// <paramref name="CountLines"/> is whether anything says in which line it stands.
/// </summary>
internal sealed record MacroSight(ImmutableHashSet<string> Counters, bool CountLines)
{
    /// <summary>The words that are the number of their line.</summary>
    public static ImmutableArray<string> LineNumbers { get; } = ["__LINE__", "__builtin_LINE"];

    /// <summary>What can be told once a body of this text is there too.</summary>
    public MacroSight With(ReadOnlySpan<byte> body)
    {
        if (CountLines) return this;
        foreach (var word in LineNumbers)
            if (body.IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0) return this with { CountLines = true };
        return this;
    }

    /// <summary>Whether a text names one that counts.</summary>
    public bool Counts(ReadOnlySpan<byte> text)
    {
        var counters = Counters;
        if (counters.IsEmpty) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsWord(text[i])) continue;
            var start = i;
            while (i < text.Length && IsWord(text[i])) i++;
            if (text[start] == '_' || char.IsAsciiLetter((char)text[start]))
                if (counters.Contains(System.Text.Encoding.UTF8.GetString(text[start..i]))) return true;
        }
        return false;

        static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b == '_';
    }
}

/// <summary>A declaration of the file's own scope, as far as it can be told from others.</summary>
internal readonly record struct OutlineItem(CXCursorKind Kind, SourceRange Range);

/// <summary>A main file without what stands in bodies: its declarations in order, and where the bodies are.</summary>
/// <remarks>
/// Where two versions have the same text outside bodies, and no body holds a directive, every other body means the same in both: C has no way from one
/// body into another but declarations with linkage, which <see cref="Body.IsOpen"/> accounts for.
/// </remarks>
internal sealed record Outline(ReadOnlyMemory<byte> Text, ImmutableArray<OutlineItem> Items, ImmutableArray<Body> Bodies)
{
    public MacroSight Macros { get; init; } = new([], false);

    /// <summary>Reads the declarations of a unit. Shape: <paramref name="text"/> is the main file's.</summary>
    public static Outline Of(UnitContext context, CXCursor[] declarations, ReadOnlyMemory<byte> text)
    {
        var items = ImmutableArray.CreateBuilder<OutlineItem>(declarations.Length);
        var bodies = ImmutableArray.CreateBuilder<Body>();
        foreach (var cursor in declarations)
        {
            items.Add(new(cursor.Kind, context.RangeOf(cursor)));
            if (cursor.Kind != CXCursorKind.CXCursor_FunctionDecl || clang.isCursorDefinition(cursor) == 0) continue;
            var body = Array.FindLast(cursor.Children(), static c => c.Kind == CXCursorKind.CXCursor_CompoundStmt);
            if (context.PlainRangeOf(body) is not { } braces || braces.File != context.MainFile || braces.Length < 2 || braces.End > text.Length) continue;
            if (text.Span[braces.Start] == '{' && text.Span[braces.End - 1] == '}') bodies.Add(new(cursor.Spelling(), braces.Start + 1, braces.End - 1));
        }
        return new(text, items.MoveToImmutable(), bodies.ToImmutable());
    }
}
