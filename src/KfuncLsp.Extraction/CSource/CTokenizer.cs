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

    private readonly string _text;
    private readonly ImmutableArray<CToken>.Builder _tokens = ImmutableArray.CreateBuilder<CToken>();
    private readonly ImmutableArray<CMacro>.Builder _macros = ImmutableArray.CreateBuilder<CMacro>();
    private readonly ImmutableArray<CComment>.Builder _comments = ImmutableArray.CreateBuilder<CComment>();
    private readonly ImmutableArray<CInclude>.Builder _includes = ImmutableArray.CreateBuilder<CInclude>();
    private readonly GuardTracker _guards = new();
    private int _at;
    private int _line = 1;

    private CTokenizer(string text) => _text = text;

    /// <summary>Tokenizes a whole file.</summary>
    public static CFile Read(string path, string text)
    {
        var reader = new CTokenizer(text);
        reader.Run();
        return new(path, reader._tokens.ToImmutable(), reader._guards.All, reader._macros.ToImmutable(), reader._comments.ToImmutable()) { Includes = reader._includes.ToImmutable() };
    }

    private void Run()
    {
        var lineStart = true;
        while (SkipBlanks(ref lineStart))
        {
            if (lineStart && _text[_at] == '#') { Directive(); continue; }
            lineStart = false;
            if (Next(_guards.Current) is not { } token) continue;
            if (_guards.IsDropped) continue;
            if (token.Kind == CTokenKind.Punctuator) _guards.Braces(token.Text);
            _tokens.Add(token);
        }
    }

    /// <summary>Moves to the next token or directive; false at the end.</summary>
    private bool SkipBlanks(ref bool lineStart)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '\n') { _line++; _at++; lineStart = true; }
            else if (c is ' ' or '\t' or '\r' or '\f' or '\v') _at++;
            else if (c == '\\' && IsLineEnd(_at + 1)) SkipContinuation();
            else if (c == '/' && Peek(1) == '/') LineComment();
            else if (c == '/' && Peek(1) == '*') BlockComment();
            else return true;
        }

        return false;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool IsLineEnd(int index) => index < _text.Length && (_text[index] == '\n' || (_text[index] == '\r' && index + 1 < _text.Length && _text[index + 1] == '\n'));

    private void SkipContinuation()
    {
        _at += _text[_at + 1] == '\r' ? 3 : 2;
        _line++;
    }

    private void LineComment()
    {
        while (_at < _text.Length && _text[_at] != '\n')
        {
            if (_text[_at] == '\\' && IsLineEnd(_at + 1)) { SkipContinuation(); continue; }
            _at++;
        }
    }

    private void BlockComment()
    {
        var first = _line;
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0) end = _text.Length - 2;
        var body = _text.AsSpan(_at, Math.Max(0, end + 2 - _at));
        foreach (var c in body)
            if (c == '\n') _line++;
        _comments.Add(new(first, _line, body.ToString()));
        _at = end + 2;
    }

    private CToken? Next(int guard)
    {
        var start = _at;
        var c = _text[_at];
        if (char.IsAsciiLetter(c) || c is '_' or '$')
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$')) _at++;
            return new(CTokenKind.Identifier, string.Intern(_text[start.._at]), _line, guard);
        }

        if (char.IsAsciiDigit(c))
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '_')) _at++;
            return new(CTokenKind.Number, _text[start.._at], _line, guard);
        }

        if (c is '"' or '\'') return Literal(c, guard);
        foreach (var punctuator in LongPunctuators)
            if (string.CompareOrdinal(_text, _at, punctuator, 0, punctuator.Length) == 0)
            {
                _at += punctuator.Length;
                return new(CTokenKind.Punctuator, punctuator, _line, guard);
            }

        _at++;
        return c > ' ' ? new(CTokenKind.Punctuator, string.Intern(c.ToString()), _line, guard) : null;
    }

    private CToken Literal(char quote, int guard)
    {
        var first = _line;
        var content = new StringBuilder();
        _at++;
        while (_at < _text.Length && _text[_at] != quote && _text[_at] != '\n')
        {
            if (_text[_at] != '\\') { content.Append(_text[_at++]); continue; }
            if (IsLineEnd(_at + 1)) { SkipContinuation(); continue; }
            content.Append(Peek(1) switch { 'n' => '\n', 't' => '\t', '0' => '\0', 'r' => '\r', var other => other });
            _at += 2;
        }

        if (_at < _text.Length && _text[_at] == quote) _at++;
        return new(quote == '"' ? CTokenKind.Text : CTokenKind.Character, content.ToString(), first, guard);
    }

    private void Directive()
    {
        var first = _line;
        _at++;
        var words = new List<CToken>();
        var spaceAfterName = false;
        while (_at < _text.Length && _text[_at] != '\n')
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\r' or '\f') { _at++; continue; }
            if (c == '\\' && IsLineEnd(_at + 1)) { SkipContinuation(); continue; }
            if (c == '/' && Peek(1) == '/') { LineComment(); continue; }
            if (c == '/' && Peek(1) == '*') { BlockComment(); continue; }
            if (Next(_guards.Current) is not { } token) continue;
            words.Add(token);
            if (words.Count == 2) spaceAfterName = _at < _text.Length && _text[_at] != '(';
        }

        if (words.Count == 0) return;
        if (words[0].Text == "define" && words.Count > 1 && !_guards.IsDropped) Define(words, first, spaceAfterName);
        else if (words[0].Text == "include" && words is [_, { Kind: CTokenKind.Text } path, ..]) _includes.Add(new(path.Text, _guards.Current));
        else _guards.Directive(words[0].Text, words.Skip(1).ToList());
    }

    private void Define(List<CToken> words, int first, bool objectLike)
    {
        if (objectLike || words.Count < 3)
        {
            _macros.Add(new(words[1].Text, null, [.. words.Skip(2)], first, _guards.Current));
            return;
        }

        var parameters = ImmutableArray.CreateBuilder<string>();
        var i = 3;
        for (; i < words.Count && !words[i].Is(")"); i++)
            if (!words[i].Is(",")) parameters.Add(words[i].Text);
        _macros.Add(new(words[1].Text, parameters.ToImmutable(), [.. words.Skip(i + 1)], first, _guards.Current));
    }
}
