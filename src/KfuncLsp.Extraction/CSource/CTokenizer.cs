using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Extraction.CSource;

/// <summary>Reads kernel C into tokens, with the preprocessor's conditions tracked, not evaluated.</summary>
/// <remarks>
/// Only <c>#if 0</c> is dropped, and an <c>#else</c> branch that would leave other braces open than its <c>#if</c> did.
/// Errors: bad C gives tokens all the same; it never throws.
/// </remarks>
public sealed class CTokenizer
{
    private static readonly string[] LongPunctuators = ["...", "<<=", ">>=", "->", "##", "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "|=", "&=", "*=", "/=", "%=", "^=", "<<", ">>"];

    private readonly string text;
    private readonly ImmutableArray<CToken>.Builder tokens = ImmutableArray.CreateBuilder<CToken>();
    private readonly ImmutableArray<CMacro>.Builder macros = ImmutableArray.CreateBuilder<CMacro>();
    private readonly ImmutableArray<CComment>.Builder comments = ImmutableArray.CreateBuilder<CComment>();
    private readonly ImmutableArray<CInclude>.Builder includes = ImmutableArray.CreateBuilder<CInclude>();
    private readonly GuardTracker guards = new();
    private int at;
    private int line = 1;

    private CTokenizer(string text) => this.text = text;

    /// <summary>Tokenizes a whole file.</summary>
    public static CFile Read(string path, string text)
    {
        var reader = new CTokenizer(text);
        reader.Run();
        return new(path, reader.tokens.ToImmutable(), reader.guards.All, reader.macros.ToImmutable(), reader.comments.ToImmutable()) { Includes = reader.includes.ToImmutable() };
    }

    private void Run()
    {
        var lineStart = true;
        while (SkipBlanks(ref lineStart))
        {
            if (lineStart && text[at] == '#') { Directive(); continue; }
            lineStart = false;
            if (Next(guards.Current) is not { } token) continue;
            if (guards.IsDropped) continue;
            if (token.Kind == CTokenKind.Punctuator) guards.Braces(token.Text);
            tokens.Add(token);
        }
    }

    /// <summary>Moves to the next token or directive; false at the end.</summary>
    private bool SkipBlanks(ref bool lineStart)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '\n') { line++; at++; lineStart = true; }
            else if (c is ' ' or '\t' or '\r' or '\f' or '\v') at++;
            else if (c == '\\' && IsLineEnd(at + 1)) SkipContinuation();
            else if (c == '/' && Peek(1) == '/') LineComment();
            else if (c == '/' && Peek(1) == '*') BlockComment();
            else return true;
        }

        return false;
    }

    private char Peek(int ahead) => at + ahead < text.Length ? text[at + ahead] : '\0';

    private bool IsLineEnd(int index) => index < text.Length && (text[index] == '\n' || (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n'));

    private void SkipContinuation()
    {
        at += text[at + 1] == '\r' ? 3 : 2;
        line++;
    }

    private void LineComment()
    {
        while (at < text.Length && text[at] != '\n')
        {
            if (text[at] == '\\' && IsLineEnd(at + 1)) { SkipContinuation(); continue; }
            at++;
        }
    }

    private void BlockComment()
    {
        var first = line;
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0) end = text.Length - 2;
        var body = text.AsSpan(at, Math.Max(0, end + 2 - at));
        foreach (var c in body)
            if (c == '\n') line++;
        comments.Add(new(first, line, body.ToString()));
        at = end + 2;
    }

    private CToken? Next(int guard)
    {
        var start = at;
        var c = text[at];
        if (char.IsAsciiLetter(c) || c is '_' or '$')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '$')) at++;
            return new(CTokenKind.Identifier, string.Intern(text[start..at]), line, guard);
        }

        if (char.IsAsciiDigit(c))
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or '_')) at++;
            return new(CTokenKind.Number, text[start..at], line, guard);
        }

        if (c is '"' or '\'') return Literal(c, guard);
        foreach (var punctuator in LongPunctuators)
            if (string.CompareOrdinal(text, at, punctuator, 0, punctuator.Length) == 0)
            {
                at += punctuator.Length;
                return new(CTokenKind.Punctuator, punctuator, line, guard);
            }

        at++;
        return c > ' ' ? new(CTokenKind.Punctuator, string.Intern(c.ToString()), line, guard) : null;
    }

    private CToken Literal(char quote, int guard)
    {
        var first = line;
        var content = new StringBuilder();
        at++;
        while (at < text.Length && text[at] != quote && text[at] != '\n')
        {
            if (text[at] != '\\') { content.Append(text[at++]); continue; }
            if (IsLineEnd(at + 1)) { SkipContinuation(); continue; }
            content.Append(Peek(1) switch { 'n' => '\n', 't' => '\t', '0' => '\0', 'r' => '\r', var other => other });
            at += 2;
        }

        if (at < text.Length && text[at] == quote) at++;
        return new(quote == '"' ? CTokenKind.Text : CTokenKind.Character, content.ToString(), first, guard);
    }

    private void Directive()
    {
        var first = line;
        at++;
        var words = new List<CToken>();
        var spaceAfterName = false;
        while (at < text.Length && text[at] != '\n')
        {
            var c = text[at];
            if (c is ' ' or '\t' or '\r' or '\f') { at++; continue; }
            if (c == '\\' && IsLineEnd(at + 1)) { SkipContinuation(); continue; }
            if (c == '/' && Peek(1) == '/') { LineComment(); continue; }
            if (c == '/' && Peek(1) == '*') { BlockComment(); continue; }
            if (Next(guards.Current) is not { } token) continue;
            words.Add(token);
            if (words.Count == 2) spaceAfterName = at < text.Length && text[at] != '(';
        }

        if (words.Count == 0) return;
        if (words[0].Text == "define" && words.Count > 1 && !guards.IsDropped) Define(words, first, spaceAfterName);
        else if (words[0].Text == "include" && words is [_, { Kind: CTokenKind.Text } path, ..]) includes.Add(new(path.Text, guards.Current));
        else guards.Directive(words[0].Text, words.Skip(1).ToList());
    }

    private void Define(List<CToken> words, int first, bool objectLike)
    {
        if (objectLike || words.Count < 3)
        {
            macros.Add(new(words[1].Text, null, [.. words.Skip(2)], first, guards.Current));
            return;
        }

        var parameters = ImmutableArray.CreateBuilder<string>();
        var i = 3;
        for (; i < words.Count && !words[i].Is(")"); i++)
            if (!words[i].Is(",")) parameters.Add(words[i].Text);
        macros.Add(new(words[1].Text, parameters.ToImmutable(), [.. words.Skip(i + 1)], first, guards.Current));
    }
}
