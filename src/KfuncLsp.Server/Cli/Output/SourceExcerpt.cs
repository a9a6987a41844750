using System.Text;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>A stretch of source to show, and what to say below it.</summary>
public sealed record Annotation(FileSpan Where, string Label, bool IsPrimary);

/// <summary>Prints the lines of a path with carets below, as compilers do.</summary>
/// <remarks>
/// The file of the primary annotation comes first, then others in the order of the path; lines ascend, gaps are <c>...</c>.
/// Tabs are four columns wide; wide characters count two; a line longer than the window is cut around what is marked.
/// </remarks>
public sealed class SourceExcerpt(SourceTexts sources, PathNames paths, Palette colours)
{
    private const int TabWidth = 4, Window = 160;

    public void Write(TextWriter output, IReadOnlyList<Annotation> annotations)
    {
        var files = annotations.OrderByDescending(a => a.IsPrimary).Select(a => a.Where.File).Distinct().ToList();
        var gutter = annotations.Max(a => (sources.RangeOf(a.Where).Start.Line + 1).ToString().Length);
        foreach (var file in files)
        {
            var here = annotations.Where(a => a.Where.File == file).ToList();
            var head = here.FirstOrDefault(a => a.IsPrimary) ?? here[0];
            var start = sources.RangeOf(head.Where).Start;
            var arrow = head.IsPrimary ? "-->" : ":::";
            output.WriteLine($"{Pad(gutter)}{colours.Frame(arrow)} {paths[file]}:{start.Line + 1}:{start.Character + 1}");
            WriteLines(output, here, gutter);
        }
    }

    private void WriteLines(TextWriter output, List<Annotation> annotations, int gutter)
    {
        var bar = $"{Pad(gutter)} {colours.Frame("|")}";
        output.WriteLine(bar);
        var previous = -1;
        foreach (var line in annotations.GroupBy(a => sources.RangeOf(a.Where).Start.Line).OrderBy(g => g.Key))
        {
            var gap = line.Key - previous;
            if (previous >= 0 && gap == 2) WriteSource(output, annotations[0].Where.File, previous + 1, gutter, 0);
            else if (previous >= 0 && gap > 2) output.WriteLine(colours.Frame("..."));
            previous = line.Key;
            var marks = line.Select(a => (Annotation: a, Cells: CellsOf(a.Where))).ToList();
            var cut = marks.Max(m => m.Cells.End) > Window ? Math.Max(0, marks.Min(m => m.Cells.Start) - 20) : 0;
            WriteSource(output, annotations[0].Where.File, line.Key, gutter, cut);
            foreach (var (mark, cells) in marks.OrderByDescending(m => m.Cells.Start))
            {
                var carets = new string(mark.IsPrimary ? '^' : '-', Math.Clamp(cells.End - cells.Start, 1, Window));
                var text = mark.Label.Length > 0 ? $"{carets} {mark.Label}" : carets;
                output.WriteLine($"{bar} {Pad(cells.Start - cut)}{(mark.IsPrimary ? colours.Error(text) : colours.Frame(text))}");
            }
        }

        output.WriteLine(bar);
    }

    private void WriteSource(TextWriter output, string file, int line, int gutter, int cut)
    {
        var text = Expand(sources[file].LineAt(line));
        if (cut > 0) text = "…" + (cut + 1 < text.Length ? text[(cut + 1)..] : "");
        if (text.Length > Window) text = text[..Window] + "…";
        output.WriteLine($"{colours.Frame((line + 1).ToString().PadLeft(gutter) + " |")} {text}".TrimEnd());
    }

    /// <summary>Where a stretch stands on its first line, in terminal cells.</summary>
    private (int Start, int End) CellsOf(FileSpan where)
    {
        var index = sources[where.File];
        var range = sources.RangeOf(where);
        var line = index.LineAt(range.Start.Line);
        var first = index.OffsetAt(range.Start with { Character = 0 });
        var start = Math.Clamp(where.Start - first, 0, line.Length);
        var end = range.End.Line > range.Start.Line ? line.Length : Math.Clamp(where.Start + where.Length - first, start, line.Length);
        var from = Cells(line.Span[..start], 0);
        return (from, Math.Max(from + 1, Cells(line.Span[start..end], from)));
    }

    private static int Cells(ReadOnlySpan<byte> text, int at)
    {
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var bytes);
            at += Width(rune);
            text = text[bytes..];
        }

        return at;
    }

    private static string Expand(ReadOnlyMemory<byte> line)
    {
        var text = new StringBuilder();
        var rest = line.Span;
        while (rest.Length > 0)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var bytes);
            rest = rest[bytes..];
            if (rune.Value == '\t') text.Append(' ', TabWidth);
            else if (Rune.IsControl(rune)) text.Append('\uFFFD');
            else text.Append(rune.ToString());
        }

        return text.ToString();
    }

    private static int Width(Rune rune) => rune.Value switch
    {
        '\t' => TabWidth,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF => 2,
        >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        >= 0x0300 and <= 0x036F or >= 0x200B and <= 0x200F or >= 0xFE00 and <= 0xFE0F => 0,
        _ => 1,
    };

    private static string Pad(int width) => new(' ', Math.Max(0, width));
}
