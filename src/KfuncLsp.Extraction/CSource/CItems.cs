using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

/// <summary>Cuts a file's tokens into its file-level items.</summary>
public static class CItems
{
    public static ImmutableArray<CItem> Split(ImmutableArray<CToken> tokens)
    {
        var items = ImmutableArray.CreateBuilder<CItem>();
        for (var i = 0; i < tokens.Length;)
        {
            if (tokens[i].Is(";") || tokens[i].Is("}")) { i++; continue; }
            if (IsBareMacro(tokens, i)) { i++; continue; }
            var item = MacroCall(tokens, i) ?? Declaration(tokens, i);
            items.Add(item);
            i = Math.Max(item.End, i + 1);
        }

        return items.ToImmutable();
    }

    /// <summary>The index of the bracket that closes the one at <paramref name="open"/>; the last token where none does.</summary>
    public static int Closing(ImmutableArray<CToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Length; i++)
        {
            if (tokens[i].Kind != CTokenKind.Punctuator) continue;
            if (tokens[i].Text is "(" or "[" or "{") depth++;
            else if (tokens[i].Text is ")" or "]" or "}" && --depth == 0) return i;
        }

        return tokens.Length - 1;
    }

    /// <summary>Splits a bracket's content at its top-level commas.</summary>
    public static ImmutableArray<ImmutableArray<CToken>> Arguments(ImmutableArray<CToken> tokens, int open, int close)
    {
        var arguments = ImmutableArray.CreateBuilder<ImmutableArray<CToken>>();
        var start = open + 1;
        for (var i = open + 1; i < close; i++)
        {
            if (tokens[i].Kind != CTokenKind.Punctuator) continue;
            if (tokens[i].Text is "(" or "[" or "{") i = Closing(tokens, i);
            else if (tokens[i].Text == ",")
            {
                arguments.Add(tokens[start..i]);
                start = i + 1;
            }
        }

        if (start < close) arguments.Add(tokens[start..close]);
        return arguments.ToImmutable();
    }

    /// <summary>A macro without arguments on a line of its own, before another macro's call.</summary>
    private static bool IsBareMacro(ImmutableArray<CToken> tokens, int at) =>
        at + 2 < tokens.Length && tokens[at].IsIdentifier && char.IsAsciiLetterUpper(tokens[at].Text[0]) && tokens[at + 1].Line > tokens[at].Line
        && tokens[at + 1].IsIdentifier && char.IsAsciiLetterUpper(tokens[at + 1].Text[0]) && tokens[at + 2].Is("(");

    /// <summary><c>NAME(…)</c> by itself, with or without a semicolon.</summary>
    private static CItem? MacroCall(ImmutableArray<CToken> tokens, int start)
    {
        if (!tokens[start].IsIdentifier || start + 1 >= tokens.Length || !tokens[start + 1].Is("(")) return null;
        if (tokens[start].Text is "__attribute__" or "typeof" or "__typeof__") return null;
        var close = Closing(tokens, start + 1);
        var next = close + 1;
        var hasSemicolon = next < tokens.Length && tokens[next].Is(";");
        if (next < tokens.Length && !hasSemicolon && tokens[next].Kind == CTokenKind.Punctuator && tokens[next].Text is "{" or "=" or "," or "[" or "(") return null;
        return new(CItemKind.MacroCall, tokens[start].Text, start, hasSemicolon ? next + 1 : next) { NameAt = start, Open = start + 1, Close = close };
    }

    private static CItem Declaration(ImmutableArray<CToken> tokens, int start)
    {
        var (nameAt, open, close) = (-1, -1, -1);
        var (body, bodyEnd) = (-1, -1);
        var assigned = false;
        for (var i = start; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (token.Kind != CTokenKind.Punctuator) continue;
            switch (token.Text)
            {
                case ";":
                    return new(CItemKind.Declaration, Name(tokens, start, i, nameAt), start, i + 1) { NameAt = nameAt, Open = open, Close = close, Body = body, BodyEnd = bodyEnd };
                case "=":
                    assigned = true;
                    if (open < 0 && nameAt < 0) nameAt = VariableName(tokens, start, i);
                    break;
                case "(" or "[":
                    var end = Closing(tokens, i);
                    if (token.Text == "(" && open < 0 && !assigned && i > start && tokens[i - 1].IsIdentifier && !IsAttribute(tokens[i - 1].Text)) (nameAt, open, close) = (i - 1, i, end);
                    i = end;
                    break;
                case "{":
                    var closing = Closing(tokens, i);
                    if (!assigned && open >= 0)
                        return new(CItemKind.Function, tokens[nameAt].Text, start, closing + 1) { NameAt = nameAt, Open = open, Close = close, Body = i, BodyEnd = closing };
                    if (body < 0) (body, bodyEnd) = (i, closing);
                    i = closing;
                    break;
            }
        }

        return new(CItemKind.Declaration, Name(tokens, start, tokens.Length, nameAt), start, tokens.Length) { NameAt = nameAt, Open = open, Close = close, Body = body, BodyEnd = bodyEnd };
    }

    /// <summary>Words before a parenthesis that are not the name of what is declared.</summary>
    private static bool IsAttribute(string word) =>
        word is "__attribute__" or "__printf" or "__scanf" or "__aligned" or "__section" or "typeof" or "__typeof__" or "__alloc_size" or "__acquires" or "__releases" or "__must_hold" or "__cond_acquires" or "_Alignas" or "__no_kmsan_checks" or "__malloc" or "__alias" or "__guarded_by" or "BTF_TYPE_TAG";

    /// <summary>Words after the name of a variable that are not its name.</summary>
    private static bool IsTrailingAttribute(string word) =>
        word is "__ro_after_init" or "__initdata" or "__initconst" or "__read_mostly" or "__maybe_unused" or "__used" or "__refdata" or "__exitdata" or "__aligned" or "__section" or "__weak" or "__percpu"
            or "____cacheline_aligned" or "____cacheline_aligned_in_smp" or "__cacheline_aligned" or "__cacheline_aligned_in_smp" or "__randomize_layout" or "__attribute__" or "__latent_entropy" or "__lsm_ro_after_init" or "__nosavedata";

    private static string Name(ImmutableArray<CToken> tokens, int start, int end, int nameAt)
    {
        if (nameAt >= 0) return tokens[nameAt].Text;
        for (var i = start; i + 2 < end; i++)
            if (tokens[i].Text is "struct" or "union" or "enum" && tokens[i + 1].IsIdentifier && tokens[i + 2].Is("{")) return tokens[i + 1].Text;
        var at = VariableName(tokens, start, end);
        return at >= 0 ? tokens[at].Text : "";
    }

    /// <summary>The declared name before an initialiser or the end, over array bounds and attributes.</summary>
    private static int VariableName(ImmutableArray<CToken> tokens, int start, int end)
    {
        for (var i = end - 1; i >= start; i--)
        {
            if (tokens[i].Is("]"))
            {
                while (i > start && !tokens[i].Is("[")) i--;
                continue;
            }

            if (tokens[i].IsIdentifier && !IsTrailingAttribute(tokens[i].Text)) return i;
            if (!tokens[i].IsIdentifier && !tokens[i].Is(")") && !tokens[i].Is("(")) return -1;
        }

        return -1;
    }
}
