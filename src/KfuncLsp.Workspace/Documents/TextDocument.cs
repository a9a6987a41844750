using System.Text;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Documents;

/// <summary>A file as an editor has it, at one version. Immutable.</summary>
/// <remarks>Units: the text is UTF-8, as libclang counts; what UTF-16 cannot say in UTF-8 (half of a pair) is U+FFFD, which is one unit in both.</remarks>
public sealed record TextDocument(string Path, int Version, LineIndex Lines)
{
    /// <summary>Whether the file on disk has another text, as far as the editor told.</summary>
    public bool IsDirty { get; init; }

    public ReadOnlyMemory<byte> Text => Lines.Text;

    public static TextDocument Create(string path, int version, string text) => new(path, version, new LineIndex(Encoding.UTF8.GetBytes(text)));

    /// <summary>The document after the edits, each of which counts in the text that the one before it left.</summary>
    public TextDocument With(int version, IEnumerable<TextChange> changes, PositionEncoding encoding)
    {
        var lines = Lines;
        foreach (var change in changes) lines = Apply(lines, change, encoding);
        return this with { Version = version, Lines = lines, IsDirty = true };
    }

    private static LineIndex Apply(LineIndex lines, TextChange change, PositionEncoding encoding)
    {
        if (change.Range is not { } range) return new(Encoding.UTF8.GetBytes(change.Text));

        var start = lines.OffsetAt(range.Start, encoding);
        var end = Math.Max(start, lines.OffsetAt(range.End, encoding));
        var before = lines.Text[..start];
        var after = lines.Text[end..];
        var size = Encoding.UTF8.GetByteCount(change.Text);
        var text = new byte[before.Length + size + after.Length];
        before.CopyTo(text);
        Encoding.UTF8.GetBytes(change.Text, text.AsSpan(before.Length));
        after.CopyTo(text.AsMemory(before.Length + size));
        return new(text);
    }
}

/// <summary>One edit: of a stretch, or of the whole text where there is none.</summary>
public readonly record struct TextChange(TextRange? Range, string Text);
