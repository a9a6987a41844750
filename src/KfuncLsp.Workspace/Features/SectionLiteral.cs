using System.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>The string of a <c>SEC("…")</c>. Units: bytes, without the quotes.</summary>
internal readonly record struct SectionLiteral(int Start, int Length)
{
    public string TextIn(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.Slice(Start, Length));

    /// <summary>The section that a place stands in: in its string, or in the word <c>SEC</c> before it; null elsewhere.</summary>
    public static SectionLiteral? At(ReadOnlySpan<byte> text, int offset)
    {
        foreach (var piece in CLexer.Pieces(text))
        {
            if (piece.End < offset || piece.Place != CPlace.Literal || text[piece.Start] != '"') continue;
            var before = text[..piece.Start].TrimEnd(" \t"u8);
            if (!before.EndsWith("SEC("u8)) continue;
            if (before.Length - 4 > offset) return null;
            var length = piece.Length - 1 - (piece.IsClosed ? 1 : 0);
            var contents = text.Slice(piece.Start + 1, length);

            // A string that nobody closed yet ends where the code goes on.
            if (!piece.IsClosed && contents.IndexOfAny((byte)')', (byte)' ') is var end and >= 0) length = end;
            return new(piece.Start + 1, length);
        }

        return null;
    }
}
