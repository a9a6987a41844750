using System.Text;
using KfuncLsp.Frontend.Headers;

namespace KfuncLsp.Frontend.Parsing;

internal enum DirectiveKind : byte { Include, Define }

/// <summary>Reads <c>#include</c> and <c>#define</c> lines, past comments, literals and continued lines.</summary>
internal static class Directives
{
    private static readonly string[] s_ofPreambles =
    [
        "include", "include_next", "import", "__include_macros", "define", "undef", "if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif",
        "pragma", "line", "error", "warning", "ident", "sccs", "assert", "unassert",
    ];

    /// <summary>How far a file consists of directives and comments alone.</summary>
    /// <remarks>
    /// Shape: whole <c>#if</c> … <c>#endif</c> and <c>#pragma … push</c> … <c>pop</c> groups only; <paramref name="afterFirstInclude"/> is the end
    /// of the group that has the first <c>#include</c>, 0 where none has. Units: bytes.
    /// </remarks>
    public static int LeadingLength(ReadOnlySpan<byte> text, out int afterFirstInclude) => LeadingLength(text, out afterFirstInclude, out _, out _);

    /// <summary>How far libclang takes a file for its preamble: directives and comments, whether their groups are whole or not. Units: bytes.</summary>
    /// <remarks>Shape: <paramref name="isOpen"/> is whether a <c>#pragma … push</c> stands there without its <c>pop</c>.</remarks>
    public static int PreambleLength(ReadOnlySpan<byte> text, out bool isOpen)
    {
        LeadingLength(text, out _, out var behind, out isOpen);
        return behind;
    }

    /// <summary>Whether something is included in a text, as far as it is not certain that nothing is: a comment counts.</summary>
    public static bool MayInclude(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'#', (byte)'%') is >= 0 and var at)
        {
            text = text[(at + 1)..];
            var line = text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;
            if (line.IndexOf("include"u8) >= 0 || line.IndexOf("import"u8) >= 0 || line.EndsWith("\\"u8) || line.EndsWith("\\\r"u8)) return true;
        }

        return false;
    }

    private static int LeadingLength(ReadOnlySpan<byte> text, out int afterFirstInclude, out int behind, out bool isOpen)
    {
        var (end, depth, pushed, includes) = (0, 0, 0, false);
        (afterFirstInclude, behind) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') i++;
            else if (SkipContinuation(text, ref i) || SkipComment(text, ref i)) continue;
            else if (text[i] != '#') break;
            else
            {
                i++;
                SkipBlanks(text, ref i);
                var word = Word(text, ref i);
                if (!IsOfPreamble(word)) break;
                if (word.StartsWith("if"u8)) depth++;
                else if (word.SequenceEqual("endif"u8)) depth--;
                includes |= word.StartsWith("include"u8) || word.SequenceEqual("import"u8);
                var rest = i;
                SkipLine(text, ref i);
                if (word.SequenceEqual("pragma"u8)) pushed = Math.Max(0, pushed + Pushes(text[rest..i]));
                behind = i;
                if (depth < 0) break;
                if (depth > 0 || pushed > 0) continue;
                end = i;
                if (includes && afterFirstInclude == 0) afterFirstInclude = end;
            }
        }

        isOpen = pushed > 0;
        return end;
    }

    /// <summary>Whether libclang reads on behind a directive when it looks for a preamble's end; the others end it.</summary>
    private static bool IsOfPreamble(ReadOnlySpan<byte> word)
    {
        foreach (var known in s_ofPreambles)
            if (Ascii.Equals(word, known)) return true;
        return false;
    }

    private static int Pushes(ReadOnlySpan<byte> pragma) => pragma.IndexOf("push"u8) >= 0 ? 1 : pragma.IndexOf("pop"u8) >= 0 ? -1 : 0;

    /// <summary>The macro with arguments in whose definition a position stands; null where it stands elsewhere.</summary>
    /// <remarks>Units: bytes.</remarks>
    public static string? MacroAround(ReadOnlySpan<byte> text, int position) => DefinitionAround(text, position) is (var name, true) ? name : null;

    /// <summary>The macro in whose definition a position stands, and whether it has arguments; null where it stands elsewhere.</summary>
    /// <remarks>Units: bytes.</remarks>
    public static (string Name, bool HasArguments)? DefinitionAround(ReadOnlySpan<byte> text, int position)
    {
        var start = position;
        while (true)
        {
            start = text[..start].LastIndexOf((byte)'\n') + 1;
            var before = start - 2;
            if (before >= 0 && text[before] == '\r') before--;
            if (before < 0 || text[before] != '\\') break;
            start--;
        }

        SkipBlanks(text, ref start);
        if (start >= text.Length || text[start++] != '#') return null;
        SkipBlanks(text, ref start);
        if (!Word(text, ref start).SequenceEqual("define"u8)) return null;
        SkipBlanks(text, ref start);
        var name = Word(text, ref start);
        return name.Length > 0 && start < position ? (Encoding.UTF8.GetString(name), text[start] == '(') : null;
    }

    /// <summary>The directives of a file in order; those of <see cref="LibbpfMacros"/> that stand outside them go to <paramref name="identifiers"/>.</summary>
    public static List<(DirectiveKind Kind, string Name, bool IsQuoted)> Of(ReadOnlySpan<byte> text, HashSet<string>? identifiers)
    {
        var directives = new List<(DirectiveKind, string, bool)>();
        var atLineStart = true;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c == '\n')
            {
                atLineStart = true;
                i++;
            }
            else if (c is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                i++;
            }
            else if (SkipContinuation(text, ref i) || SkipComment(text, ref i))
            {
                // Neither ends the start of a line.
            }
            else if (c == '#' && atLineStart)
            {
                i++;
                atLineStart = false;
                if (Directive(text, ref i) is { } directive) directives.Add(directive);
            }
            else
            {
                atLineStart = false;
                if (c is (byte)'"' or (byte)'\'') SkipLiteral(text, ref i);
                else if (IsLetter(c)) Identifier(text, ref i, identifiers);
                else i++;
            }
        }

        return directives;
    }

    private static (DirectiveKind, string, bool)? Directive(ReadOnlySpan<byte> text, ref int i)
    {
        SkipBlanks(text, ref i);
        var word = Word(text, ref i);
        SkipBlanks(text, ref i);
        if (word.SequenceEqual("define"u8))
        {
            var name = Word(text, ref i);
            return name.IsEmpty ? null : (DirectiveKind.Define, Encoding.UTF8.GetString(name), false);
        }

        if (!word.SequenceEqual("include"u8) && !word.SequenceEqual("include_next"u8) && !word.SequenceEqual("import"u8)) return null;
        if (i >= text.Length || text[i] is not ((byte)'"' or (byte)'<')) return null;

        var isQuoted = text[i] == '"';
        var rest = text[(i + 1)..];
        var length = rest.IndexOfAny(isQuoted ? (byte)'"' : (byte)'>', (byte)'\n');
        if (length <= 0 || rest[length] == '\n') return null;
        i += length + 2;
        return (DirectiveKind.Include, Encoding.UTF8.GetString(rest[..length]), isQuoted);
    }

    private static void Identifier(ReadOnlySpan<byte> text, ref int i, HashSet<string>? identifiers)
    {
        var name = Word(text, ref i);
        if (identifiers is not null && LibbpfMacros.Find(name) is { } known) identifiers.Add(known);
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text, ref int i)
    {
        var start = i;
        while (i < text.Length && (IsLetter(text[i]) || text[i] is >= (byte)'0' and <= (byte)'9')) i++;
        return text[start..i];
    }

    private static bool IsLetter(byte c) => c is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'_' or >= 0x80;

    /// <summary>The directives of a text that has nothing else but comments, one a line.</summary>
    public static byte[] WithoutComments(ReadOnlySpan<byte> text)
    {
        var result = new List<byte>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') i++;
            else if (!SkipContinuation(text, ref i) && !SkipComment(text, ref i))
            {
                var start = i;
                SkipLine(text, ref i);
                result.AddRange(text[start..i]);
            }
        }

        return [.. result];
    }

    /// <summary>To the start of the next line that the directive does not go on in.</summary>
    private static void SkipLine(ReadOnlySpan<byte> text, ref int i)
    {
        while (i < text.Length && text[i] != '\n')
        {
            if (SkipContinuation(text, ref i) || SkipComment(text, ref i)) continue;
            if (text[i] is (byte)'"' or (byte)'\'') SkipLiteral(text, ref i);
            else i++;
        }

        if (i < text.Length) i++;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> text, ref int i)
    {
        while (i < text.Length)
        {
            if (text[i] is (byte)' ' or (byte)'\t') i++;
            else if (!SkipContinuation(text, ref i) && !SkipComment(text, ref i)) return;
        }
    }

    private static bool SkipContinuation(ReadOnlySpan<byte> text, ref int i)
    {
        if (text[i] != '\\') return false;
        if (text[(i + 1)..].StartsWith("\n"u8)) i += 2;
        else if (text[(i + 1)..].StartsWith("\r\n"u8)) i += 3;
        else return false;
        return true;
    }

    private static bool SkipComment(ReadOnlySpan<byte> text, ref int i)
    {
        var rest = text[i..];
        if (rest.StartsWith("//"u8))
        {
            // A backslash at its end lets a line comment go on.
            while (i < text.Length && text[i] != '\n')
                if (!SkipContinuation(text, ref i)) i++;
            return true;
        }

        if (!rest.StartsWith("/*"u8)) return false;
        var close = rest[2..].IndexOf("*/"u8);
        i = close < 0 ? text.Length : i + close + 4;
        return true;
    }

    private static void SkipLiteral(ReadOnlySpan<byte> text, ref int i)
    {
        var quote = text[i++];
        while (i < text.Length && text[i] != quote && text[i] != '\n')
            i += text[i] == '\\' ? 2 : 1;
        if (i < text.Length && text[i] == quote) i++;
    }
}
