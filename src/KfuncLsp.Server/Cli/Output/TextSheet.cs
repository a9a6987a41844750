using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>A page for a terminal: headings, wrapped paragraphs, and rows whose second column is aligned.</summary>
/// <remarks>Units: <see cref="Width"/> in characters. Backticks around code are taken off.</remarks>
internal sealed class TextSheet(Palette palette)
{
    private const int Width = 100;
    private readonly StringBuilder _text = new();

    public TextSheet Line(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    public TextSheet Gap() => Line("");

    public void Paragraph(string words) => Wrapped(words, "", "");

    /// <summary>A heading and its paragraphs; nothing where there are none.</summary>
    public void Section(string title, ImmutableArray<string> paragraphs)
    {
        if (paragraphs.IsEmpty) return;
        Heading(title);
        foreach (var paragraph in paragraphs) Wrapped(paragraph, "  ", "  ");
    }

    public void Bullets(string title, ImmutableArray<string> items)
    {
        if (items.IsEmpty) return;
        Heading(title);
        foreach (var item in items) Wrapped(item, "  - ", "    ");
    }

    public void Rows(string title, ImmutableArray<(string Name, string Text)> rows)
    {
        if (rows.IsEmpty) return;
        Heading(title);
        var width = Math.Min(24, rows.Max(r => r.Name.Length));
        foreach (var (name, words) in rows) Wrapped(words, $"  {name.PadRight(width)}  ", new string(' ', width + 4));
    }

    public override string ToString() => _text.ToString();

    private void Heading(string title) => Gap().Line(palette.Frame(title));

    private void Wrapped(string words, string first, string others)
    {
        var line = new StringBuilder(first);
        var begun = false;
        foreach (var word in words.Replace("`", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (begun && line.Length + 1 + word.Length > Width)
            {
                Line(line.ToString());
                line.Clear().Append(others);
                begun = false;
            }

            if (begun) line.Append(' ');
            line.Append(word);
            begun = true;
        }

        Line(line.ToString().TrimEnd());
    }
}
