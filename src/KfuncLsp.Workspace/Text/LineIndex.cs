using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Workspace.Text;

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns, and back.</summary>
/// <remarks>
/// Lines end as LSP says: <c>\n</c>, <c>\r\n</c> or <c>\r</c>. A byte order mark belongs to no column: editors don't show it.
/// Bytes that are no UTF-8 count as the replacement characters that an editor shows for them.
/// </remarks>
public sealed class LineIndex
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly ImmutableArray<int> _starts;

    public LineIndex(ReadOnlyMemory<byte> text)
    {
        _text = text;
        _starts = FindStarts(text.Span);
    }

    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>Units: lines; an empty text has one, and a final newline begins another.</summary>
    public int LineCount => _starts.Length;

    /// <summary>The place of a byte; offsets outside the text are moved to its ends.</summary>
    public TextPosition PositionAt(int offset, PositionEncoding encoding = PositionEncoding.Utf16)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        var found = _starts.BinarySearch(offset);
        var line = Math.Max(0, found >= 0 ? found : ~found - 1);
        var start = _starts[line];
        return new(line, offset <= start ? 0 : Width(_text.Span[start..offset], encoding));
    }

    /// <summary>A stretch of bytes as lines and columns.</summary>
    public TextRange RangeAt(int start, int length, PositionEncoding encoding = PositionEncoding.Utf16) =>
        new(PositionAt(start, encoding), PositionAt(start + length, encoding));

    /// <summary>The byte at a place; a column behind the line's end is the line's end, a line behind the last the text's.</summary>
    /// <remarks>A column inside a character is the character's first byte.</remarks>
    public int OffsetAt(TextPosition position, PositionEncoding encoding = PositionEncoding.Utf16)
    {
        if (position.Line < 0) return 0;
        if (position.Line >= LineCount) return _text.Length;
        var start = _starts[position.Line];
        var rest = LineAt(position.Line).Span;
        var column = 0;
        while (rest.Length > 0)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var bytes);
            var width = encoding switch
            {
                PositionEncoding.Utf8 => bytes,
                PositionEncoding.Utf16 => rune.Utf16SequenceLength,
                _ => 1,
            };
            if (column + width > position.Character) break;
            column += width;
            start += bytes;
            rest = rest[bytes..];
        }

        return start;
    }

    /// <summary>The bytes of a line without its end; empty for a line that isn't there.</summary>
    public ReadOnlyMemory<byte> LineAt(int line)
    {
        if (line < 0 || line >= LineCount) return default;
        var start = _starts[line];
        var end = line + 1 < LineCount ? _starts[line + 1] : _text.Length;
        var text = _text[start..Math.Max(start, end)];
        while (text.Length > 0 && text.Span[^1] is (byte)'\n' or (byte)'\r') text = text[..^1];
        return text;
    }

    private static int Width(ReadOnlySpan<byte> text, PositionEncoding encoding)
    {
        if (encoding == PositionEncoding.Utf8) return text.Length;
        if (encoding == PositionEncoding.Utf16) return Encoding.UTF8.GetCharCount(text);
        var runes = 0;
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out _, out var bytes);
            text = text[bytes..];
            runes++;
        }

        return runes;
    }

    private static ImmutableArray<int> FindStarts(ReadOnlySpan<byte> text)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(text.StartsWith("\uFEFF"u8) ? 3 : 0);
        var at = 0;
        while (text[at..].IndexOfAny((byte)'\n', (byte)'\r') is var next and >= 0)
        {
            at += next + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n') at++;
            starts.Add(at);
        }

        return starts.ToImmutable();
    }
}
