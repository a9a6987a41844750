using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Reads what clang's printer says of a declaration, for the few things that libclang's API hides.</summary>
/// <remarks>A tokenizer that knows strings and character literals; the one accepted exception to "no text matching over C".</remarks>
internal static class PrintedText
{
    /// <summary>A token: an identifier or number, a string or character literal with its quotes, or one punctuation character.</summary>
    public readonly record struct Token(int Start, int End, TokenKind Kind)
    {
        public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);
    }

    public enum TokenKind : byte { Word, Literal, Punctuation }

    public static List<Token> Tokenize(string text)
    {
        var tokens = new List<Token>(text.Length / 4);
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) { i++; continue; }
            var start = i;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c > 127)
            {
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '$' || text[i] > 127)) i++;
                tokens.Add(new Token(start, i, TokenKind.Word));
            }
            else if (c is '"' or '\'')
            {
                for (i++; i < text.Length && text[i] != c; i++)
                    if (text[i] == '\\') i++;
                i = Math.Min(i + 1, text.Length);
                tokens.Add(new Token(start, i, TokenKind.Literal));
            }
            else
            {
                i++;
                tokens.Add(new Token(start, i, TokenKind.Punctuation));
            }
        }
        return tokens;
    }

    /// <summary>The index of the token that closes the bracket at <paramref name="open"/>, or the last token.</summary>
    public static int Close(string text, List<Token> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Punctuation) continue;
            var c = text[tokens[i].Start];
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}' && --depth == 0) return i;
        }
        return tokens.Count - 1;
    }

    /// <summary>The value of a C string literal as clang prints it.</summary>
    public static byte[] Unquote(ReadOnlySpan<char> literal)
    {
        var open = literal.IndexOf('"');
        if (open < 0) return [];
        var close = literal.LastIndexOf('"');
        var body = literal[(open + 1)..Math.Max(close, open + 1)];
        var bytes = new List<byte>(body.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 >= body.Length)
            {
                Rune.DecodeFromUtf16(body[i..], out var rune, out var used);
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                i += used - 1;
                continue;
            }
            i++;
            switch (body[i])
            {
                case 'n': bytes.Add((byte)'\n'); break;
                case 't': bytes.Add((byte)'\t'); break;
                case 'r': bytes.Add((byte)'\r'); break;
                case 'a': bytes.Add(7); break;
                case 'b': bytes.Add(8); break;
                case 'v': bytes.Add(11); break;
                case 'f': bytes.Add(12); break;
                case 'x':
                    var value = 0;
                    while (i + 1 < body.Length && Uri.IsHexDigit(body[i + 1])) value = value * 16 + Convert.ToInt32(body[++i].ToString(), 16);
                    bytes.Add((byte)value);
                    break;
                case >= '0' and <= '7':
                    var octal = body[i] - '0';
                    for (var n = 0; n < 2 && i + 1 < body.Length && body[i + 1] is >= '0' and <= '7'; n++) octal = octal * 8 + (body[++i] - '0');
                    bytes.Add((byte)octal);
                    break;
                default: bytes.Add((byte)body[i]); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>For each <c>for (</c> in order, which of its three parts it has.</summary>
    public static List<(bool Init, bool Condition, bool Increment)> ForHeaders(string text, List<Token> tokens)
    {
        var result = new List<(bool, bool, bool)>();
        Span<bool> present = stackalloc bool[3];
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (!tokens[i].In(text).SequenceEqual("for") || text[tokens[i + 1].Start] != '(') continue;
            present.Clear();
            int part = 0, depth = 0;
            for (var j = i + 1; j < tokens.Count; j++)
            {
                var c = tokens[j].Kind == TokenKind.Punctuation ? text[tokens[j].Start] : 'x';
                if (c is '(' or '[' or '{' && depth++ == 0) continue;
                if (c is ')' or ']' or '}' && --depth == 0) break;
                if (c == ';' && depth == 1) part = Math.Min(part + 1, 2);
                else present[part] = true;
            }
            result.Add((present[0], present[1], present[2]));
        }
        return result;
    }

    /// <summary>An inline assembly statement as printed.</summary>
    public sealed record Asm(string Template, ImmutableArray<string> Outputs, ImmutableArray<string> Inputs, ImmutableArray<string> Clobbers, ImmutableArray<string> Labels)
    {
        /// <summary>The names of outputs, then inputs; empty where one has none.</summary>
        public ImmutableArray<string> Names { get; init; } = [];

        /// <summary>Whether it stays even where nobody needs its outputs.</summary>
        public bool IsVolatile { get; init; }
    }

    /// <summary>Every <c>asm</c> in order.</summary>
    public static List<Asm> AsmStatements(string text, List<Token> tokens)
    {
        var result = new List<Asm>();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Word || !tokens[i].In(text).SequenceEqual("asm")) continue;
            var open = i + 1;
            var isVolatile = false;
            for (; open < tokens.Count && tokens[open].Kind == TokenKind.Word; open++) isVolatile |= tokens[open].In(text).SequenceEqual("volatile");
            if (open >= tokens.Count || text[tokens[open].Start] != '(') continue;
            var read = ReadAsm(text, tokens, open, Close(text, tokens, open));
            result.Add(read with { IsVolatile = isVolatile || read.Outputs.IsEmpty });
        }
        return result;
    }

    private static Asm ReadAsm(string text, List<Token> tokens, int open, int close)
    {
        var template = new StringBuilder();
        ImmutableArray<string>.Builder[] sections = [ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>()];
        var section = -1;
        var labels = ImmutableArray.CreateBuilder<string>();
        var names = ImmutableArray.CreateBuilder<string>();
        var name = "";
        for (var j = open + 1; j < close; j++)
        {
            var token = tokens[j];
            var c = text[token.Start];
            if (token.Kind == TokenKind.Punctuation)
            {
                if (c == ':') section++;
                else if (c == '[' && section is 0 or 1) name = tokens[++j].In(text).ToString();
                else if (c is '(' or '[' or '{') j = Close(text, tokens, j);
            }
            else if (token.Kind == TokenKind.Literal && section < 0) template.Append(Encoding.UTF8.GetString(Unquote(token.In(text))));
            else if (token.Kind == TokenKind.Literal && section < 3)
            {
                if (section < 2) names.Add(name);
                name = "";
                sections[section].Add(Encoding.UTF8.GetString(Unquote(token.In(text))));
            }
            else if (token.Kind == TokenKind.Word && section == 3) labels.Add(token.In(text).ToString());
        }
        return new Asm(template.ToString(), sections[0].ToImmutable(), sections[1].ToImmutable(), sections[2].ToImmutable(), labels.ToImmutable()) { Names = names.ToImmutable() };
    }

    /// <summary>The words that stand for an expression whose kind libclang does not tell, in order.</summary>
    public static List<string> HiddenExpressions(string text, List<Token> tokens)
    {
        var result = new List<string>();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Word || text[tokens[i + 1].Start] != '(') continue;
            var word = tokens[i].In(text);
            if (word.StartsWith("__atomic_") || word.StartsWith("__c11_atomic_") || word.StartsWith("__scoped_atomic_") || word is "__builtin_choose_expr")
                result.Add(word.ToString());
        }
        return result;
    }
}
