using System.Text;
using CsCheck;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Text;

public sealed class LineIndexTests
{
    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("abc", 2, 0, 2)]
    [InlineData("a\nb", 2, 1, 0)]
    [InlineData("a\r\nb", 3, 1, 0)]
    [InlineData("a\rb", 2, 1, 0)]
    [InlineData("é x", 3, 0, 2)]
    [InlineData("😀 x", 5, 0, 3)]
    [InlineData("日本\n語x", 10, 1, 1)]
    [InlineData("\uFEFFab", 4, 0, 1)]
    [InlineData("ab", 99, 0, 2)]
    public void A_byte_is_a_line_and_a_utf16_column(string text, int offset, int line, int character) =>
        Assert.Equal(new TextPosition(line, character), new LineIndex(Encoding.UTF8.GetBytes(text)).PositionAt(offset));

    [Theory]
    [InlineData(PositionEncoding.Utf8, 8)]
    [InlineData(PositionEncoding.Utf16, 5)]
    [InlineData(PositionEncoding.Utf32, 4)]
    public void Columns_count_what_was_negotiated(PositionEncoding encoding, int character) =>
        Assert.Equal(character, new LineIndex("é😀 x"u8.ToArray()).PositionAt(8, encoding).Character);

    [Fact]
    public void Every_character_is_found_again()
    {
        var text = Gen.OneOf(Gen.Const("a"), Gen.Const("é"), Gen.Const("日"), Gen.Const("😀"), Gen.Const("\n"), Gen.Const("\r\n"), Gen.Const("\t"))
            .List[0, 60].Select(parts => string.Concat(parts));
        Gen.Select(text, Gen.Enum<PositionEncoding>()).Sample((sample, encoding) =>
        {
            var index = new LineIndex(Encoding.UTF8.GetBytes(sample));
            var offset = 0;
            foreach (var rune in sample.EnumerateRunes())
            {
                // The \n of \r\n is inside a line end and has no place of its own.
                if (rune.Value != '\n' || offset == 0 || index.Text.Span[offset - 1] != '\r')
                    Assert.Equal(offset, index.OffsetAt(index.PositionAt(offset, encoding), encoding));
                offset += rune.Utf8SequenceLength;
            }
        });
    }

    [Fact]
    public void A_line_comes_without_its_end()
    {
        var index = new LineIndex("one\r\ntwo\nthree"u8.ToArray());
        Assert.Equal(["one", "two", "three", ""], Enumerable.Range(0, 4).Select(i => Encoding.UTF8.GetString(index.LineAt(i).Span)));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_still_have_places()
    {
        var index = new LineIndex(new byte[] { (byte)'a', 0xFF, 0xFE, (byte)'b', (byte)'\n', 0x80 });
        Assert.Equal(new TextPosition(0, 3), index.PositionAt(3));
        Assert.Equal(new TextPosition(1, 1), index.PositionAt(6));
    }
}
