using System.Text;
using CsCheck;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Documents;

/// <summary>Edits against a naive model that holds the text as lines of characters.</summary>
public sealed class TextDocumentTests
{
    private static readonly string[] s_pieces = ["a", "b;", "\n", "\r\n", "\r", "\t", "é", "中", "😀", "𝒳y", " ", "{"];

    private static readonly Gen<string> s_text = Gen.Int[0, s_pieces.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(i => s_pieces[i])));

    private static readonly Gen<(int Line, int Column)> s_place = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 12]);

    [Theory]
    [InlineData(PositionEncoding.Utf8)]
    [InlineData(PositionEncoding.Utf16)]
    [InlineData(PositionEncoding.Utf32)]
    public void EditsDoWhatTheNaiveModelDoes(PositionEncoding encoding) =>
        Gen.Select(s_text, Gen.Select(s_place, s_place, s_text).Array[1, 6]).Sample((text, edits) =>
        {
            var document = TextDocument.Create("/a.c", 1, text);
            var expected = text;
            foreach (var (from, to, insert) in edits)
            {
                var (start, end) = (Naive(expected, from, encoding), Naive(expected, to, encoding));
                expected = string.Concat(expected.AsSpan(0, start), insert, expected.AsSpan(Math.Max(start, end)));
                document = document.With(2, [new TextChange(new(new(from.Line, from.Column), new(to.Line, to.Column)), insert)], encoding);
                Assert.Equal(expected, Encoding.UTF8.GetString(document.Text.Span));
                Assert.Equal(LineStarts(expected).Count, document.Lines.LineCount);
            }
        }, iter: 3000);

    [Fact]
    public void AnOffsetGoesToAPositionAndBack() =>
        s_text.Sample(text =>
        {
            var lines = TextDocument.Create("/a.c", 1, text).Lines;
            foreach (var encoding in Enum.GetValues<PositionEncoding>())
                for (int offset = 0, at = 0; at <= text.Length; at++)
                {
                    if (at > 0 && at < text.Length && (char.IsLowSurrogate(text[at]) || (text[at] == '\n' && text[at - 1] == '\r'))) continue;
                    offset = Encoding.UTF8.GetByteCount(text.AsSpan(0, at));
                    Assert.Equal(offset, lines.OffsetAt(lines.PositionAt(offset, encoding), encoding));
                }
        });

    [Fact]
    public void AWholeTextReplacesWhatWasThere()
    {
        var document = TextDocument.Create("/a.c", 1, "old\n").With(2, [new TextChange(null, "new"), new TextChange(new(new(0, 3), new(0, 3)), "er")], PositionEncoding.Utf16);
        Assert.Equal("newer", Encoding.UTF8.GetString(document.Text.Span));
        Assert.True(document.IsDirty);
    }

    /// <summary>The UTF-16 index of a place, found by walking the text character by character.</summary>
    private static int Naive(string text, (int Line, int Column) place, PositionEncoding encoding)
    {
        var starts = LineStarts(text);
        if (place.Line >= starts.Count) return text.Length;
        var at = starts[place.Line];
        var column = 0;
        while (at < text.Length && text[at] is not ('\n' or '\r'))
        {
            var rune = Rune.GetRuneAt(text, at);
            column += encoding switch { PositionEncoding.Utf8 => rune.Utf8SequenceLength, PositionEncoding.Utf16 => rune.Utf16SequenceLength, _ => 1 };
            if (column > place.Column) break;
            at += rune.Utf16SequenceLength;
        }

        return at;
    }

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) starts.Add(i + 1);
        return starts;
    }
}
