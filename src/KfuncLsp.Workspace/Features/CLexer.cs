namespace KfuncLsp.Workspace.Features;

/// <summary>What a place in C text is, as far as comments, literals and directives go.</summary>
internal enum CPlace { Code, Comment, Literal, Directive }

/// <summary>Tells code from comments, literals and directives in a buffer that may not parse.</summary>
/// <remarks>It decides only where to offer something and where a line may be inserted; what the code means is libclang's to say.</remarks>
internal static class CLexer
{
    /// <summary>What the byte before an offset belongs to.</summary>
    public static CPlace PlaceAt(ReadOnlySpan<byte> text, int offset)
    {
        var place = CPlace.Code;
        foreach (var piece in Pieces(text))
        {
            if (piece.Start >= offset) break;
            place = offset < piece.End || (offset == piece.End && !piece.IsClosed) ? piece.Place : CPlace.Code;
        }

        return place;
    }

    /// <summary>The pieces that are not code, in order.</summary>
    public static List<Piece> Pieces(ReadOnlySpan<byte> text)
    {
        var pieces = new List<Piece>();
        var atLineStart = true;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var piece = c switch
            {
                (byte)'/' when Next(text, i) == '/' => Line(text, i, CPlace.Comment),
                (byte)'/' when Next(text, i) == '*' => Block(text, i),
                (byte)'"' or (byte)'\'' => Quoted(text, i, c),
                (byte)'#' when atLineStart => Line(text, i, CPlace.Directive),
                _ => default,
            };
            if (piece.Length > 0)
            {
                pieces.Add(piece);
                i = piece.End;
                continue;
            }

            atLineStart = c == '\n' || (atLineStart && c is (byte)' ' or (byte)'\t' or (byte)'\r');
            i++;
        }

        return pieces;
    }

    /// <summary>The text with everything but code blanked: the offsets stay, and brackets and names in it are code's.</summary>
    public static byte[] CodeOnly(ReadOnlySpan<byte> text)
    {
        var code = text.ToArray();
        foreach (var piece in Pieces(text)) code.AsSpan(piece.Start, piece.Length).Fill((byte)' ');
        return code;
    }

    /// <summary>A stretch of text. <see cref="IsClosed"/>: what follows its last byte is outside it.</summary>
    public readonly record struct Piece(CPlace Place, int Start, int Length, bool IsClosed)
    {
        public int End => Start + Length;
    }

    private static int Next(ReadOnlySpan<byte> text, int i) => i + 1 < text.Length ? text[i + 1] : -1;

    /// <summary>To the end of the line, over backslashes that join lines. The newline is left outside.</summary>
    private static Piece Line(ReadOnlySpan<byte> text, int start, CPlace place)
    {
        var at = start;
        while (at < text.Length && text[at] != '\n')
        {
            if (place == CPlace.Directive && text[at] == '/' && Next(text, at) == '*') at = Block(text, at).End;
            else if (text[at] == '\\' && Next(text, at) == '\n') at += 2;
            else if (text[at] == '\\' && Next(text, at) == '\r') at += 3;
            else at++;
        }

        at = Math.Min(at, text.Length);
        return new(place, start, at - start, IsClosed: false);
    }

    private static Piece Block(ReadOnlySpan<byte> text, int start)
    {
        var close = text[(start + 2)..].IndexOf("*/"u8);
        return close < 0 ? new(CPlace.Comment, start, text.Length - start, false) : new(CPlace.Comment, start, close + 4, true);
    }

    /// <summary>To the closing quote, or the end of the line where there is none: the rest of the file is not a string while one types.</summary>
    private static Piece Quoted(ReadOnlySpan<byte> text, int start, byte quote)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == quote) return new(CPlace.Literal, start, i + 1 - start, true);
            else if (text[i] == '\n') return new(CPlace.Literal, start, i - start, false);
        }

        return new(CPlace.Literal, start, text.Length - start, false);
    }
}
