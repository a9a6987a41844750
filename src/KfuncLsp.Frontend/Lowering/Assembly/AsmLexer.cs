namespace KfuncLsp.Frontend.Lowering.Assembly;

internal enum AsmTokenKind : byte { Word, Number, Operand, Punctuation, End }

/// <summary>A token. Of an operand, <paramref name="Text"/> is the name and <paramref name="Modifier"/> the letter before it.</summary>
internal readonly record struct AsmToken(AsmTokenKind Kind, string Text, char Modifier = ' ')
{
    public bool Is(string text) => Kind is AsmTokenKind.Word or AsmTokenKind.Punctuation && Text == text;
}

/// <summary>Takes the template of an <c>asm</c> statement apart into statements of tokens.</summary>
internal static class AsmLexer
{
    /// <summary>Longest first.</summary>
    private static readonly string[] s_operators = ["<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "==", "!=", "<=", ">=", "<<", ">>"];

    /// <summary>The statements, without empty ones; labels are not split off.</summary>
    public static List<(string Text, List<AsmToken> Tokens)> Statements(string template)
    {
        var statements = new List<(string, List<AsmToken>)>();
        foreach (var line in WithoutComments(template).Split(';', '\n'))
            if (Tokens(line) is { Count: > 1 } tokens) statements.Add((line.Trim(), tokens));
        return statements;
    }

    private static string WithoutComments(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var two = i + 1 < text.Length ? text.AsSpan(i, 2) : default;
            if (two is "/*")
            {
                var close = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (close < 0) break;
                i = close + 1;
            }
            else if (two is "//" || text[i] == '#')
            {
                i = text.IndexOf('\n', i);
                if (i < 0) break;
                kept.Append('\n');
            }
            else kept.Append(text[i]);
        }

        return kept.ToString();
    }

    private static List<AsmToken> Tokens(string text)
    {
        var tokens = new List<AsmToken>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i])) i++;
            else if (IsWordStart(text[i]) || IsUnique(text, i)) tokens.Add(new(AsmTokenKind.Word, Word(text, ref i)));
            else if (char.IsAsciiDigit(text[i])) tokens.Add(new(AsmTokenKind.Number, Word(text, ref i)));
            else if (text[i] == '%' && Operand(text, ref i) is { } operand) tokens.Add(operand);
            else tokens.Add(new(AsmTokenKind.Punctuation, Operator(text, ref i)));
        }

        tokens.Add(new(AsmTokenKind.End, ""));
        return tokens;
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c is '_' or '.' or '$';

    /// <summary><c>%=</c>, which becomes a number of its own in each copy of the statement.</summary>
    private static bool IsUnique(string text, int at) => text[at] == '%' && at + 1 < text.Length && text[at + 1] == '=';

    private static string Word(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && (IsWordStart(text[i]) || char.IsAsciiDigit(text[i]) || IsUnique(text, i))) i += text[i] == '%' ? 2 : 1;
        return text[start..i];
    }

    /// <summary><c>%[name]</c>, <c>%w[name]</c>, <c>%l[name]</c>, <c>%0</c>.</summary>
    private static AsmToken? Operand(string text, ref int i)
    {
        var at = i + 1;
        var modifier = ' ';
        if (at < text.Length && char.IsAsciiLetter(text[at])) modifier = text[at++];
        if (at >= text.Length) return null;
        if (text[at] == '[')
        {
            var close = text.IndexOf(']', at);
            if (close < 0) return null;
            i = close + 1;
            return new(AsmTokenKind.Operand, text[(at + 1)..close], modifier);
        }

        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end == at) return null;
        i = end;
        return new(AsmTokenKind.Operand, text[at..end], modifier);
    }

    private static string Operator(string text, ref int i)
    {
        var at = i;
        var isEscaped = text[i] == '%' && i + 1 < text.Length && text[i + 1] == '%';
        if (isEscaped) at = ++i;
        foreach (var known in s_operators)
        {
            if (!text.AsSpan(at).StartsWith(known)) continue;
            i += known.Length;
            return known;
        }

        i++;
        return text[at].ToString();
    }
}
